/* What was marked stays on this phone until the receipt: one entry per visit in localStorage, photos in photos.js. */
(function () {
  "use strict";
  var PREFIX = "cw-visit-";
  function read(uuid) {
    try { return JSON.parse(localStorage.getItem(PREFIX + uuid) || "null"); } catch (error) { return null; }
  }
  function write(uuid, values) {
    try { localStorage.setItem(PREFIX + uuid, JSON.stringify(values)); return true; } catch (error) { return false; }
  }
  function drop(uuid) {
    try { localStorage.removeItem(PREFIX + uuid); } catch (error) { /* nothing was kept */ }
  }
  window.cwDraft = { read: read, write: write, drop: drop };
  var received = document.body.dataset.received;
  if (received) { drop(received); window.cwPhotos.drop(received).catch(function () { /* nothing was kept */ }); }
  /* what was typed here for places that are no longer to be handed in, or long ago: dropped by a press, never by itself */
  var over = document.getElementById("left-over"), LONG = 60 * 24 * 3600 * 1000;
  if (over) { Object.keys(localStorage).forEach(leftOver); }
  function leftOver(key) {
    var uuid = key.slice(PREFIX.length), kept = key.indexOf(PREFIX) === 0 && read(uuid);
    if (!kept || (kept.who && kept.who !== over.dataset.who)) { return; }
    if (document.querySelector('[data-draft="' + uuid + '"]') && Date.now() - kept.at < LONG) { return; }
    var row = document.getElementById("kept-row").content.cloneNode(true).firstElementChild, day = new Date(kept.at || 0);
    row.querySelector("b").textContent = kept.name || "以前填的一处";
    row.querySelector("span").textContent = (kept.at ? day.getMonth() + 1 + "月" + day.getDate() + "日填的 · " : "") + "标了 " + (kept.marked || 0) + "\u00a0项";
    row.querySelector("button").addEventListener("click", function () {
      drop(uuid);
      window.cwPhotos.drop(uuid).catch(function () { /* nothing was kept */ });
      row.remove();
      over.hidden = !over.querySelector("li");
    });
    over.querySelector("ul").append(row);
    over.hidden = false;
  }
  document.querySelectorAll("[data-draft]").forEach(function (word) {
    var kept = read(word.dataset.draft);
    if (kept && kept.marked) {
      word.textContent = "标了 " + kept.marked + "\u00a0项";
      word.className = "st st-fix";
    }
  });
}());
