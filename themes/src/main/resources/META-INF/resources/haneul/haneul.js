// What pages do by themselves: menus, theme, language, and lists that follow the cloud. No state of its own beyond that.
(() => {
  "use strict";
  const root = document.documentElement;
  const keep = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=31536000; SameSite=Lax`; };
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const say = (text) => { const live = document.getElementById("live"); if (live) live.textContent = text; };

  /** Every list and detail page has one command, <name>Do, that is told by parameters what to do. */
  const call = (list, what) => globalThis[list + "Do"]?.(Object.entries(what).map(([name, value]) => ({ name: "hn-" + name, value })));

  // ---- theme: the style sheets of both are linked, their media attribute says which counts
  const isDark = () => root.dataset.theme === "dark" || (root.dataset.theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  function toggleTheme() {
    const theme = isDark() ? "light" : "dark";
    root.dataset.theme = theme;
    keep("haneul-theme", theme);
    all("link[data-for]").forEach((link) => { link.media = link.dataset.for === theme ? "all" : "not all"; });
  }

  // ---- menus: native popovers, placed below what opens them
  let opener = null;
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (!menu.matches?.("[popover].hn-menu")) return;
    const button = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`) || opener;
    button?.setAttribute("aria-expanded", event.newState === "open");
    if (event.newState === "open" && button) {
      const at = button.getBoundingClientRect();
      const below = at.bottom + menu.offsetHeight + 8 < innerHeight;
      menu.style.top = `${Math.max(4, below ? at.bottom + 4 : at.top - menu.offsetHeight - 4)}px`;
      const left = menu.dataset.menu === "left" ? at.left : at.right - menu.offsetWidth;
      menu.style.left = `${Math.max(4, Math.min(left, innerWidth - menu.offsetWidth - 4))}px`;
      menu.querySelector("input, button, a")?.focus({ preventScroll: true });
    } else if (event.newState === "closed" && refreshWanted) {
      refresh();
    }
  }, true);
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("[popover].hn-menu");
    if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const items = all("input, button:not([disabled]), a", menu).filter((item) => item.type !== "hidden");
    const next = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    items[(next + items.length) % items.length]?.focus();
    event.preventDefault();
  });

  // ---- clicks, told apart by data attributes
  document.addEventListener("click", async (event) => {
    const at = event.target.closest?.("[data-theme-toggle],[data-cookie],[data-nav],[data-copy],[data-act],[data-do],[data-select-all],[data-download],[data-open],[data-close]");
    const nav = document.getElementById("nav");
    if (nav?.classList.contains("hn-open") && !nav.contains(event.target) && !at?.matches("[data-nav]")) openNav(false);
    if (!at) return;
    if (at.matches("[data-theme-toggle]")) toggleTheme();
    else if (at.matches("[data-cookie]")) { keep(...at.dataset.cookie.split("=")); location.reload(); }
    else if (at.matches("[data-nav]")) openNav(!nav.classList.contains("hn-open"));
    else if (at.matches("[data-copy]")) {
      await navigator.clipboard?.writeText(at.dataset.copy);
      const icon = at.querySelector(".pi");
      icon?.classList.replace("pi-copy", "pi-check");
      say(at.dataset.copied || "");
      setTimeout(() => icon?.classList.replace("pi-check", "pi-copy"), 1500);
    } else if (at.matches("[data-act]")) {
      at.closest("[popover]")?.hidePopover();
      call(at.dataset.list, { do: "ask", action: at.dataset.act, one: at.dataset.id || "" });
    } else if (at.matches("[data-do]")) {
      call(at.dataset.list, { do: at.dataset.do, sort: at.dataset.sort || "", marker: at.dataset.marker || "" });
      if (at.dataset.close) PF(at.dataset.close).hide();
    } else if (at.matches("[data-close]")) {
      PF(at.dataset.close).hide();
    } else if (at.matches("[data-select-all]")) {
      all("input[name=hn-selected]", at.closest("form")).forEach((box) => { box.checked = at.checked; });
      selectionChanged(at.closest("form"));
    } else if (at.matches("[data-open]")) {
      PF(at.dataset.open).show();
    } else if (at.matches("[data-download]")) {
      const from = document.querySelector(at.dataset.download);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([from.value ?? from.textContent], { type: "text/plain" }));
      link.download = at.dataset.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }
  });
  function openNav(open) {
    const nav = document.getElementById("nav");
    nav.classList.toggle("hn-open", open);
    document.querySelector("[data-nav]").setAttribute("aria-expanded", open);
    if (open) nav.querySelector("a").focus();
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.getElementById("nav")?.classList.contains("hn-open")) { openNav(false); document.querySelector("[data-nav]").focus(); }
    if (event.key === "/" && !event.target.matches("input, textarea, select, [contenteditable]") && !event.target.closest(".xterm, .hn-screen")) {
      const search = document.querySelector(".hn-search input");
      if (search) { search.focus(); event.preventDefault(); }
    }
  });

  // ---- lists: what is selected decides which of the bulk buttons can be used
  function selectionChanged(form) {
    const chosen = all("input[name=hn-selected]:checked", form);
    const bulk = form.querySelector(".hn-bulk");
    if (bulk) {
      bulk.hidden = chosen.length === 0;
      const count = bulk.querySelector("[data-count]");
      if (count) count.textContent = count.dataset.count.replace("{0}", chosen.length);
      all("[data-act]", bulk).forEach((button) => {
        button.disabled = !chosen.some((box) => box.dataset.may.split(" ").includes(button.dataset.act));
      });
    }
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("input[name=hn-selected]")) selectionChanged(event.target.form);
  });
  let typing = 0;
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(".hn-search input, [data-find]")) return;
    clearTimeout(typing);
    if (event.target.matches("[data-find]")) {
      typing = setTimeout(() => window[event.target.dataset.find]([{ name: "hn-place-search", value: event.target.value }]), 300);
      return;
    }
    typing = setTimeout(() => call(event.target.dataset.list, { do: "search" }), 300);
  });

  /** Cards on phones name each value by its column. */
  function label() {
    all("table.hn-table").forEach((table) => {
      const heads = all("thead th", table).map((th) => th.textContent.trim());
      all("tbody tr", table).forEach((row) => [...row.cells].forEach((cell, i) => { cell.dataset.label = heads[i] || ""; }));
    });
    all("form.hn-list").forEach(selectionChanged);
  }

  // ---- longer forms: the summary repeats what is chosen, and what cannot be chosen with it is told apart
  function summarise() {
    const form = document.getElementById("wizard");
    if (!form) return;
    all("[data-summary]", form).forEach((line) => {
      const fields = all(`[name="${line.dataset.summary}"]`, form);
      const said = fields.filter((field) => field.type === "radio" || field.type === "checkbox" ? field.checked : true)
        .map((field) => field.dataset.label || (field.selectedOptions ? (field.value && field.selectedOptions[0].text) : field.value)).filter(Boolean);
      line.textContent = said.join(", ") || "–";
    });
    const image = form.querySelector("[name=image]:checked");
    all("[name=flavor]", form).forEach((flavor) => {
      const disk = Number(flavor.dataset.disk);
      flavor.disabled = Boolean(image) && (Number(flavor.dataset.ram) < Number(image.dataset.ram)
        || (disk > 0 && (disk < Number(image.dataset.disk) || disk * 2 ** 30 < Number(image.dataset.bytes || 0))));
      if (flavor.disabled) flavor.checked = false;
    });
    all("[data-shows]", form).forEach((radio) => {
      const part = document.getElementById(radio.dataset.shows);
      if (part) part.hidden = !radio.checked;
    });
  }
  document.addEventListener("input", (event) => { if (event.target.form?.id === "wizard") summarise(); });

  // ---- following the cloud: a push says what kind of thing moved, the page reads its own anew; without a push it asks from time to time
  let open = false, refreshWanted = false, timer = 0, last = 0;
  const watched = () => all("[data-watch]");
  function refresh() {
    // not under somebody's hand: an open menu would vanish
    refreshWanted = document.hidden || document.querySelector("[popover].hn-menu:popover-open") !== null;
    if (refreshWanted) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      last = Date.now();
      watched().forEach((part) => globalThis[part.dataset.list + "Refresh"]?.());
    }, Math.max(0, 1000 - (Date.now() - last)));
  }
  const fresh = () => all(".hn-fresh").forEach((mark) => { mark.dataset.live = open; mark.textContent = open ? mark.dataset.on : mark.dataset.off; });
  globalThis.haneulOpen = () => { if (!open) { open = true; fresh(); } };
  globalThis.haneulClose = () => { open = false; fresh(); };
  globalThis.haneulChanged = (types) => {
    const moved = String(types).split(" ");
    if (watched().some((part) => part.dataset.watch.split(" ").some((type) => moved.includes(type)))) refresh();
  };
  setInterval(() => { if (!open && watched().length) refresh(); }, 15000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && refreshWanted) refresh(); });

  /** Brings the first field that is wrong into view and into the hand. */
  globalThis.haneulWrong = () => {
    all(".hn-wrong").filter((text) => text.textContent.trim()).forEach((text) => {
      const field = text.closest(".hn-field")?.querySelector("input, select, textarea");
      if (!field) return;
      text.id ||= field.id + "-wrong";
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", text.id);
    });
    document.querySelector("[aria-invalid=true]")?.focus();
  };
  globalThis.haneulSubmitted = (args, dialog) => {
    if (args?.validationFailed) { globalThis.haneulWrong(); return; }
    PF(dialog).hide();
    // not listDo, whose answer has no messages and would take away what was just said
    globalThis.listRefresh?.();
  };
  globalThis.haneulDone = () => { label(); fresh(); summarise(); };
  addEventListener("DOMContentLoaded", () => {
    all("details[data-open-when=true]").forEach((part) => { part.open = true; });
    globalThis.haneulDone();
    globalThis.jQuery?.(document).on("pfAjaxComplete", () => setTimeout(globalThis.haneulDone));
    // what a server's error answer looks like to a script
    globalThis.jQuery?.(document).on("pfAjaxError", (event, xhr) => { if (xhr?.status === 0) say(root.dataset.offline || ""); });
  });
})();
