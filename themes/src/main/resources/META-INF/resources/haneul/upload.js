// Sends an image's file as it is, with a bar that shows how far it is. The page first makes the image's record; the server then
// calls haneulUpload with its id. The chosen file is kept here, since the form is drawn anew in between.
(() => {
  "use strict";
  let file = null, running = 0;
  const formats = { qcow2: "qcow2", img: "qcow2", raw: "raw", iso: "iso", vmdk: "vmdk", vdi: "vdi", vhd: "vhd" };
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("input[data-upload]")) return;
    file = event.target.files[0] || null;
    if (!file) return;
    const dot = file.name.lastIndexOf(".");
    const field = (name) => document.getElementById(`${event.target.dataset.upload}:${name}`);
    if (!field("name").value) field("name").value = dot > 0 ? file.name.slice(0, dot) : file.name;
    const format = formats[file.name.slice(dot + 1).toLowerCase()];
    if (format) field("diskFormat").value = format;
  });
  const element = (name, text, of) => { const made = document.createElement(name); made.textContent = text; of.append(made); return made; };

  globalThis.haneulUpload = (id) => {
    const place = document.getElementById("uploads");
    const words = place.dataset;
    const card = element("div", "", place);
    card.className = "hn-card hn-upload";
    element("b", file ? file.name : "", card);
    const bar = element("progress", "", card);
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file ? file.name : "");
    const text = element("p", "", card);
    text.setAttribute("role", "status");
    const stop = element("button", words.cancel, card);
    stop.type = "button";
    stop.className = "hn-button hn-small";
    const request = new XMLHttpRequest();
    const end = (message, tone) => {
      running--;
      text.textContent = message;
      text.className = tone;
      bar.hidden = true;
      stop.textContent = words.close;
      stop.onclick = () => card.remove();
      globalThis.listDo?.([{ name: "hn-do", value: "refresh" }]);
      if (tone === "hn-ok") setTimeout(() => card.remove(), 6000);
    };
    stop.onclick = () => request.abort();
    request.upload.onprogress = (event) => {
      const percent = event.total ? Math.floor(event.loaded * 100 / event.total) : 0;
      bar.value = percent;
      text.textContent = percent < 100 ? words.sent.replace("{0}", percent) : words.checking;
    };
    request.onload = () => {
      if (request.responseURL.includes("/login.xhtml")) end(words.login, "hn-warning");
      else if (request.status < 300) end(words.done, "hn-ok");
      else end(request.responseText.startsWith("<") ? words.lost : request.responseText, "hn-warning");
    };
    request.onerror = request.onabort = () => end(words.lost, "hn-warning");
    request.open("PUT", `upload/images/${id}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    running++;
    request.send(file || new Blob([]));
    file = null;
  };
  addEventListener("beforeunload", (event) => { if (running > 0) event.preventDefault(); });
})();
