/* Numbers of the checklist: whether they can be taken, said at once at their field; what they mean is asked of the server. */
(function () {
  "use strict";
  var form = document.getElementById("sheet");
  if (!form) { return; }
  var waiting = [];

  function fields(item) { return Array.prototype.slice.call(item.querySelectorAll(".fc-number input, .cw-count input")); }
  function name(input) { return input.dataset.called; }
  function fault(input) {
    var text = input.value.trim();
    if (/^[-−－][\d.]/.test(text)) { return name(input) + "填的“" + text + "”小于 0。填 0 或以上的数。"; }
    if (!/^\d+(\.\d+)?$/.test(text)) { return name(input) + "填的“" + text + "”不是数字。改成数字。"; }
    if (Number(text) > 1000000) { return name(input) + "填的“" + text + "”太大了。核对一下。"; }
    if (input.dataset.whole && Number(text) % 1) { return name(input) + "填的“" + text + "”要是整数。"; }
    return "";
  }
  /* sending: an empty second number is a fault only then */
  function wrong(item, sending) {
    var given = fields(item), filled = given.filter(function (input) { return input.value.trim(); });
    var found = filled.map(fault).filter(Boolean)[0] || "";
    if (sending && given.length && !filled.length) { return name(given[0]) + "没有填。填上，或标“未查”。"; }
    if (found || given.length < 2 || !filled.length) { return found; }
    if (filled.length < 2) { return sending ? name(given.filter(function (input) { return !input.value.trim(); })[0]) + "没有填。" : ""; }
    if (!Number(given[1].value)) { return name(given[1]) + "要大于 0。没有可查的，标“缺项”或“未查”。"; }
    if (item.dataset.within && Number(given[0].value) > Number(given[1].value)) {
      return name(given[0]) + " " + given[0].value.trim() + " 比" + name(given[1]) + " " + given[1].value.trim() + " 还多。核对这两个数。";
    }
    return "";
  }
  function say(item, found) {
    var box = item.querySelector(".fc-meaning");
    if (!box) { return; }
    box.textContent = found.says;
    box.classList.toggle("is-bad", Boolean(found.bad || found.wrong));
    fields(item).forEach(function (input) { input.toggleAttribute("aria-invalid", Boolean(found.wrong)); });
    item.dataset.means = found.bad ? "bad" : found.bad === false && found.says ? "ok" : "";
    if (found.bad) { item.querySelector(".fc-other").open = true; }
  }
  /* `then` is called whenever what is said has changed */
  function meaning(item, then) {
    var query = new URLSearchParams(), fault = wrong(item, false), given = fields(item);
    if (!item.querySelector(".fc-meaning")) { return; }
    given.forEach(function (input) { query.set(input.name, input.value.trim()); });
    if (item.dataset.asked === query.toString()) { return; }
    item.dataset.asked = query.toString();
    say(item, { says: fault, wrong: Boolean(fault) });
    then();
    if (fault || given.some(function (input) { return !input.value.trim(); })) { return; }
    var answer = fetch(form.dataset.meaning + "?" + query, { credentials: "same-origin" })
      .then(function (got) { return got.ok ? got.json() : { bad: false, says: "" }; })
      .catch(function () { item.dataset.asked = ""; return { bad: false, says: "" }; })
      .then(function (found) { if ([query.toString(), ""].includes(item.dataset.asked)) { say(item, found); then(); } })
      .then(function () { waiting.splice(waiting.indexOf(answer), 1); });
    waiting.push(answer);
  }
  /* the first item that cannot be sent as it stands says why */
  function first(items) {
    var found = items.filter(function (item) { return wrong(item, true); });
    found.forEach(function (item) { say(item, { says: wrong(item, true), wrong: true }); });
    return found.length ? { item: found[0], says: wrong(found[0], true) } : null;
  }
  window.cwNumbers = { meaning: meaning, first: first, fields: fields, waiting: waiting };
}());
