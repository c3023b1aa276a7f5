// A stand-in for anywidget and Python on a plain page: it loads the built module from a blob, as
// anywidget does, and answers edits and checks as QuestionWidget does.
window.briefingTest = {
  models: [],
  async mount({ esm, state, el, ack = true, delay = 5, feedback = null }) {
    const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
    const module = await import(url);
    const heard = new Map();
    const data = structuredClone(state);
    const fire = (name, value) => {
      for (const callback of heard.get(name) ?? []) callback(value);
    };
    const put = (name, value) => {
      if (Object.is(data[name], value)) return;
      data[name] = value;
      fire(`change:${name}`, value);
    };
    let seen = { edit: data.edit ?? 0, check: data.check ?? 0, ping: data.ping ?? 0 };
    let revision = 0;
    const model = {
      ack,
      refuse: "",
      sent: [],
      get: (name) => data[name],
      set: put,
      on(name, callback) {
        if (!heard.has(name)) heard.set(name, new Set());
        heard.get(name).add(callback);
      },
      off: (name, callback) => heard.get(name)?.delete(callback),
      save_changes() {
        model.sent.push(structuredClone({ answer: data.answer, edit: data.edit, check: data.check }));
        if (!model.ack) return;
        setTimeout(() => {
          if (!model.ack) return;
          const changed = data.edit !== seen.edit || data.ping !== seen.ping;
          const checked = data.check !== seen.check;
          seen = { edit: data.edit, check: data.check, ping: data.ping };
          if (changed || checked) {
            revision += 1;
            put("ack", {
              edit: data.edit,
              check: data.check,
              ping: data.ping,
              ok: !model.refuse,
              revision,
              saved: "2026-11-22T19:40:00Z",
              message: model.refuse,
            });
          }
          if (checked && feedback) put("feedback", { ...feedback, check: data.check, attempts: data.check });
        }, delay);
      },
      fromPython: put,
      fire,
    };
    const widget = typeof module.default === "function" ? await module.default() : module.default;
    await widget.initialize?.({ model });
    const stop = await widget.render({ model, el });
    this.models.push(model);
    return { model, stop, widget };
  },
};
