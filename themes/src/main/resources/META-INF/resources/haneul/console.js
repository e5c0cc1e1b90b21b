// A console in the element #screen: noVNC for a screen, xterm for a serial line, over the relay's web socket.
const at = document.getElementById("console");
const screen = document.getElementById("screen");
const state = document.getElementById("console-state");
const { kind, token, vendor, path, label } = at.dataset;
const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}?token=${encodeURIComponent(token)}`;
const tell = (what) => { state.textContent = state.dataset[what]; state.dataset.is = what; };
let paste = () => {};

if (kind === "serial") {
  const [{ Terminal }, { FitAddon }] = await Promise.all([import(`${vendor}@xterm/xterm/lib/xterm.mjs`), import(`${vendor}@xterm/addon-fit/lib/addon-fit.mjs`)]);
  const terminal = new Terminal({ cursorBlink: true, screenReaderMode: true, fontSize: 14, theme: { background: "#000" } });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(screen);
  fit.fit();
  new ResizeObserver(() => fit.fit()).observe(screen);
  const socket = new WebSocket(address, "binary");
  socket.binaryType = "arraybuffer";
  const bytes = new TextEncoder();
  socket.onopen = () => { tell("on"); terminal.focus(); socket.send(bytes.encode("\r")); };
  socket.onclose = () => tell("off");
  socket.onmessage = (event) => terminal.write(new Uint8Array(event.data));
  terminal.onData((text) => { if (socket.readyState === WebSocket.OPEN) socket.send(bytes.encode(text)); });
  paste = (text) => terminal.paste(text);
} else {
  const { default: RFB } = await import(`${vendor}@novnc/novnc/core/rfb.js`);
  const rfb = new RFB(screen, address, { wsProtocols: ["binary"] });
  rfb.scaleViewport = true;
  rfb.background = "#000";
  rfb.addEventListener("connect", () => {
    tell("on");
    screen.querySelector("canvas")?.setAttribute("aria-label", label);
    rfb.focus();
  });
  rfb.addEventListener("disconnect", () => tell("off"));
  document.getElementById("console-cad")?.addEventListener("click", () => { rfb.sendCtrlAltDel(); rfb.focus(); });
  // typed, for a guest that shares no clipboard
  paste = (text) => { for (const letter of text) { rfb.sendKey(letter === "\n" ? 0xff0d : letter.codePointAt(0) < 0x100 ? letter.codePointAt(0) : 0x01000000 | letter.codePointAt(0)); } rfb.focus(); };
}
document.getElementById("console-paste")?.addEventListener("click", async () => paste(await navigator.clipboard.readText()));
document.getElementById("console-full")?.addEventListener("click", () => screen.requestFullscreen());
