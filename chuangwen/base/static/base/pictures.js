/* Files chosen as photos are opened before anything keeps them: one that is no photo is named and let go. */
(function () {
  "use strict";
  /* HEIC is a photo that most browsers cannot show; the server opens it */
  function isHeic(file) {
    return file.slice(4, 8).text().then(function (mark) { return mark === "ftyp"; });
  }
  function isPicture(file) {
    return new Promise(function (done) {
      var image = new Image(), address = URL.createObjectURL(file);
      function end(answer) { URL.revokeObjectURL(address); done(answer); }
      image.onload = function () { end(true); };
      image.onerror = function () { isHeic(file).then(end, function () { end(false); }); };
      image.src = address;
    });
  }
  function tell(input, wrong) {
    var home = input.closest(".cw-pair, .cw-shots, .field") || input, said = home.nextElementSibling;
    if (said && said.hasAttribute("data-no-picture")) { said.remove(); }
    if (!wrong.length) { return; }
    said = document.createElement("p");
    said.className = "bad";
    said.setAttribute("role", "alert");
    said.setAttribute("data-no-picture", "");
    said.textContent = wrong.map(function (file) { return "“" + file.name + "”"; }).join("、") + "不是照片，打不开，没有留。请重拍。";
    home.insertAdjacentElement("afterend", said);
  }
  document.addEventListener("change", function (event) {
    var input = event.target;
    if (input.type !== "file" || (input.accept || "").indexOf("image/") !== 0) { return; }
    if (input.cwOpened) { input.cwOpened = false; return; }
    event.stopImmediatePropagation();
    var files = Array.prototype.slice.call(input.files), state = document.getElementById("kept");
    if (state) { state.textContent = "正在看照片"; }
    Promise.all(files.map(isPicture)).then(function (fine) {
      var wrong = files.filter(function (file, number) { return !fine[number]; }), kept = new DataTransfer();
      if (wrong.length) {
        files.forEach(function (file, number) { if (fine[number]) { kept.items.add(file); } });
        input.files = kept.files;
      }
      tell(input, wrong);
      input.cwOpened = true;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }, true);
}());
