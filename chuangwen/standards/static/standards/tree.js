// The tree of a version: narrowing, folding, the panel of the line one stands on; on a draft every change by keyboard.
(() => {
  const tree = () => document.getElementById("tree");
  if (!tree()) return;
  const lines = () => [...tree().querySelectorAll("li[data-row]")];
  const line = (name) => tree().querySelector(`li[data-row="${name}"]`);
  const level = (one) => Number(one.dataset.level);
  const mayEdit = () => Boolean(tree().dataset.act);
  const memory = `tree-${tree().querySelector("[data-tree]").dataset.tree}`;
  const shut = new Set(JSON.parse(sessionStorage.getItem(memory) || "[]"));
  let at = "", wanted = [], replaced = null, asked = null, points = "", unfolded = false, queue = Promise.resolve(), busy = 0, settled = () => {};
  const waiting = [];

  // ---- what is to be seen
  const show = () => {
    const text = tree().querySelector("input[type=search]").value.trim();
    let below = Infinity;
    for (const one of lines()) {
      const folded = level(one) > below;
      if (!folded) below = shut.has(one.dataset.row) ? level(one) : Infinity;
      one.hidden = text ? !one.textContent.includes(text) : folded;
      if (one.classList.contains("branch")) one.setAttribute("aria-expanded", String(!shut.has(one.dataset.row)));
    }
  };
  const fold = (one, closed) => {
    if (closed) shut.add(one.dataset.row); else shut.delete(one.dataset.row);
    sessionStorage.setItem(memory, JSON.stringify([...shut]));
    show();
  };
  const parentOf = (one) => {
    let found = one;
    while (found && level(found) >= level(one)) found = found.previousElementSibling;
    return found;
  };
  const reveal = (one) => {
    for (let above = parentOf(one); above; above = parentOf(above)) if (shut.has(above.dataset.row)) fold(above, false);
  };

  // ---- where one stands
  const mark = (one) => {
    for (const other of lines()) { other.tabIndex = other === one ? 0 : -1; other.removeAttribute("aria-current"); }
    one.setAttribute("aria-current", "true");
    at = one.dataset.row;
  };
  const open = (one) => {
    const address = one.querySelector("a").getAttribute("href");
    if (!window.htmx) return;
    history.replaceState(null, "", address);
    htmx.ajax("GET", location.pathname + address, { target: "#panel", swap: "innerHTML" });
  };
  const stand = (one, now) => {
    if (!one) return;
    reveal(one);
    mark(one);
    one.focus();
    one.scrollIntoView({ block: "nearest" });
    clearTimeout(asked);
    asked = setTimeout(() => open(one), now ? 0 : 250);
  };
  const beside = (one, step) => {
    const seen = lines().filter((other) => !other.hidden);
    return seen[seen.indexOf(one) + step];
  };

  // ---- changes: one after the other, each answered by the whole tree
  const say = (words) => {
    const note = document.createElement("p");
    note.className = "cw-note is-bad";
    note.setAttribute("role", "alert");
    note.textContent = words;
    tree().querySelector(".cw-note")?.remove();
    tree().prepend(note);
  };
  const act = (values) => {
    busy += 1;
    queue = queue.then(() => new Promise((done) => {
      const one = line(values.row);
      if (one) wanted = [values.row, ...[one.nextElementSibling, one.previousElementSibling].map((l) => l?.dataset.row)];
      settled = done;
      const asked = htmx.ajax("POST", tree().dataset.act, {
        target: "#tree", swap: "outerHTML", values: { ...values, seen_tree: tree().dataset.seen },
      });
      asked.catch(() => {}).then(() => setTimeout(done, 500));  // where no new tree came
    })).then(() => { busy -= 1; take(); });
  };
  const write = (one, values, place) => {
    close();
    const box = document.createElement("li");
    if (place === "instead") { replaced = one; one.replaceWith(box); } else one.after(box);
    box.id = "line";
    const query = new URLSearchParams({ row: one.dataset.row, ...values });
    htmx.ajax("GET", `${tree().dataset.line}?${query}`, { target: "#line", swap: "outerHTML" });
  };
  const close = () => {
    const form = document.getElementById("line");
    if (!form) return;
    if (replaced) form.replaceWith(replaced); else form.remove();
    replaced = null;
  };
  const add = (one, kind) => {
    const deeper = kind !== "beside" && one.dataset.row[0] === "i";
    let last = one;
    while (kind === "beside" && last.nextElementSibling && level(last.nextElementSibling) > level(one)) last = last.nextElementSibling;
    fold(one, false);
    write(one, { new: kind, level: level(one) + (deeper ? 1 : 0) }, "after");
    if (last !== one) last.after(document.getElementById("line"));
  };
  const edit = (one, digit) => {
    points = digit || "";
    write(one, { level: level(one) }, "instead");
  };

  // ---- keys
  const walk = {
    ArrowUp: (one) => stand(beside(one, -1)),
    ArrowDown: (one) => stand(beside(one, 1)),
    Home: () => stand(lines().find((other) => !other.hidden)),
    End: () => stand(lines().filter((other) => !other.hidden).pop()),
    ArrowRight: (one) => {
      if (shut.has(one.dataset.row)) fold(one, false);
      else if (one.classList.contains("branch")) stand(beside(one, 1));
    },
    ArrowLeft: (one) => {
      if (one.classList.contains("branch") && !shut.has(one.dataset.row)) fold(one, true);
      else stand(parentOf(one));
    },
  };
  const ways = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };
  const change = (event, one) => {
    if (event.altKey && ways[event.key]) act({ row: one.dataset.row, do: ways[event.key] });
    else if (event.key === "Enter") add(one, event.shiftKey ? "indicator" : event.ctrlKey || event.metaKey ? "criterion" : "beside");
    else if (event.key === "F2") edit(one);
    else if (/^\d$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) edit(one, event.key);
    else if (event.key === "Delete") act({ row: one.dataset.row, do: "delete" });
    else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) {
      const step = tree().querySelector(".std-undo [name=step]");
      if (step) act({ row: one.dataset.row, do: "undo", step: step.value });
    } else return false;
    return true;
  };
  const press = (event, one) => {
    if (mayEdit() && change(event, one)) return true;
    if (!walk[event.key] || event.altKey || event.ctrlKey || event.metaKey) return false;
    walk[event.key](one);
    return true;
  };
  const take = () => { while (!busy && waiting.length) if (line(at)) press(waiting.shift(), line(at)); else waiting.length = 0; };
  const known = (event) => walk[event.key] || /^(Enter|F2|Delete|[0-9])$/.test(event.key) || (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey));
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const form = event.target.closest("#line form");
    if (form) {
      if (event.key === "Escape") { close(); stand(line(at)); event.preventDefault(); }
      if (event.key === "Enter" && !event.shiftKey && event.target.tagName !== "BUTTON") { form.requestSubmit(); event.preventDefault(); }
      return;
    }
    if (busy) {  // pressed while a change is under way: taken when its tree is there, on the row one then stands on
      if (!known(event) || !(event.target === document.body || event.target.matches("#tree li[data-row]"))) return;
      event.preventDefault();
      waiting.push(event);
    } else if (event.target.matches("#tree li[data-row]") && press(event, event.target)) event.preventDefault();
  });

  // ---- mouse
  document.addEventListener("click", (event) => {
    const one = event.target.closest("#tree li[data-row]");
    if (!one || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (event.target === one && one.classList.contains("branch")) fold(one, !shut.has(one.dataset.row));
    stand(one, true);
  });
  document.addEventListener("dblclick", (event) => {
    const one = event.target.closest("#tree li[data-row]");
    if (one && mayEdit()) edit(one);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.closest(".std-undo")) return;
    event.preventDefault();
    act(Object.fromEntries(new FormData(event.target)));
  });
  document.addEventListener("input", (event) => { if (event.target.closest("[data-tree] > input")) show(); });

  // ---- what came from the server
  const settle = () => {
    tree().querySelector("ul").setAttribute("role", "tree");
    tree().querySelector(".std-keys")?.removeAttribute("hidden");
    for (const one of lines()) {
      one.setAttribute("role", "treeitem");
      one.setAttribute("aria-level", one.dataset.level);
      one.querySelector("a").tabIndex = -1;
      one.tabIndex = -1;
    }
    show();
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    const form = document.querySelector("#line form");
    if (unfolded) document.querySelector("#findings details")?.setAttribute("open", "");
    if (event.detail.target.id === "tree") {
      replaced = null;
      settle();
      stand([tree().dataset.at, ...wanted].map((name) => name && line(name)).find(Boolean) || lines()[0]);
      settled();
    } else if (form && event.detail.elt.contains(form)) {
      form.elements.seen_tree.value = tree().dataset.seen;
      const field = form.querySelector(points ? "[name=points]" : "[name=text]");
      if (points) field.value = points;
      field.focus();
      if (!points) field.select();
      points = "";
    }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id === "findings") unfolded = Boolean(event.detail.target.querySelector("details[open]"));
  });
  for (const name of ["htmx:sendError", "htmx:responseError"])
    document.addEventListener(name, (event) => {
      if (event.detail.target?.closest?.("#tree")) say("没有连上，这一步没有记下。填的还在，连上以后再按一次。");
    });

  settle();
  const here = line((location.search.match(/[?&]([ic])=(\d+)/) || []).slice(1).join("")) || lines().find((one) => one.dataset.row[0] === "c") || lines()[0];
  if (here) { reveal(here); mark(here); here.scrollIntoView({ block: "nearest" }); }
})();
