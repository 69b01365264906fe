// A kernel of a Jupyter server, and the widgets that it opens, in a page without a front end.

class Kernel {
  constructor(address, element) {
    this.session = crypto.randomUUID();
    this.comms = new Map();
    this.asked = new Map();
    this.element = element;
    this.ready = this.connect(address);
  }

  async connect(address) {
    const { HTMLManager } = await new Promise((done, failed) => {
      requirejs(["@jupyter-widgets/html-manager"], done, failed);
    });
    const loader = (name) => new Promise((done, failed) => requirejs([name], done, failed));
    this.manager = new HTMLManager({ loader });
    this.socket = new WebSocket(`${address}&session_id=${this.session}`);
    this.socket.binaryType = "arraybuffer";
    // one after the other: a widget must be there before it is told anything
    let last = Promise.resolve();
    this.socket.onmessage = ({ data }) => {
      last = last.then(() => this.receive(received(data))).catch((error) => console.error(error));
    };
    await new Promise((done, failed) => {
      this.socket.onopen = done;
      this.socket.onerror = () => failed(new Error("the kernel does not answer"));
    });
  }

  send(channel, msg_type, content, callbacks = {}, metadata = {}) {
    const msg_id = crypto.randomUUID();
    this.asked.set(msg_id, callbacks);
    const header = {
      msg_id, msg_type, session: this.session, username: "", version: "5.3",
      date: new Date().toISOString(),
    };
    const message = { channel, header, parent_header: {}, metadata, content, buffers: [] };
    this.socket.send(JSON.stringify(message));
    return msg_id;
  }

  async receive(message) {
    const { content } = message;
    const callbacks = this.asked.get(message.parent_header.msg_id);
    switch (message.header.msg_type) {
      case "comm_open":
        await this.manager.handle_comm_open(this.comm(content.comm_id), message);
        break;
      case "comm_msg":
        await this.comms.get(content.comm_id)?.heard?.(message);
        break;
      case "execute_result":
        await this.show(content.data["application/vnd.jupyter.widget-view+json"]);
        break;
      case "error":
        console.error(content.traceback.join("\n"));
        break;
      case "status":
        callbacks?.iopub?.status?.(message);
        break;
      case "execute_reply":
        callbacks?.reply?.(content);
        break;
    }
  }

  comm(comm_id) {
    const comm = {
      comm_id,
      send: (data, callbacks, metadata) => (
        this.send("shell", "comm_msg", { comm_id, data }, callbacks, metadata)),
      on_msg: (heard) => { comm.heard = heard; },
      on_close: () => {},
      close: () => {},
    };
    this.comms.set(comm_id, comm);
    return comm;
  }

  async show(view) {
    if (!view) return;
    const model = await this.manager.get_model(view.model_id);
    const place = document.createElement("div");
    this.element.append(place);
    await this.manager.display_view(this.manager.create_view(model), place);
  }

  // runs a cell; returns the texts of expressions that are asked for
  async run(code, user_expressions = {}) {
    const reply = await new Promise((reply) => {
      this.send("shell", "execute_request", {
        code, user_expressions, silent: false, store_history: false, allow_stdin: false,
        stop_on_error: false,
      }, { reply });
    });
    return Object.fromEntries(Object.entries(reply.user_expressions).map(
      ([name, { data }]) => [name, data?.["text/plain"]],
    ));
  }
}

// text without buffers, bytes with them: how many parts, where each begins, the parts
function received(data) {
  if (typeof data === "string") return JSON.parse(data);
  const view = new DataView(data);
  const starts = Array.from({ length: view.getUint32(0) }, (_, n) => view.getUint32(4 * (n + 1)));
  const [first, ...others] = starts.map(
    (start, n) => new DataView(data, start, (starts[n + 1] ?? data.byteLength) - start),
  );
  return { ...JSON.parse(new TextDecoder().decode(first)), buffers: others };
}

// the classes of a theme of VS Code's, and its colours of page and text, if any
window.wear = ({ classes, paper, ink }) => {
  document.body.className = classes;
  document.body.dataset.vscodeThemeKind = classes.split(" ")[0];
  const { style } = document.documentElement;
  style.setProperty("--vscode-editor-background", paper);
  style.setProperty("--vscode-editor-foreground", ink);
};

window.connect = async (address) => {
  window.kernel = new Kernel(address, document.querySelector(".output"));
  await window.kernel.ready;
};
