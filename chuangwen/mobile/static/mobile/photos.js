/* Chosen photos stay on this phone until the receipt: in IndexedDB, one entry for each item of a visit. */
(function () {
  "use strict";
  var STORE = "photos", opening = null;
  function open() {
    opening = opening || new Promise(function (done, fail) {
      var asked = window.indexedDB.open("cw-photos", 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore(STORE); };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = function () { fail(asked.error); };
    });
    return opening;
  }
  function act(mode, work) {
    return open().then(function (base) {
      return new Promise(function (done, fail) {
        var transaction = base.transaction(STORE, mode), asked = work(transaction.objectStore(STORE));
        transaction.oncomplete = function () { done(asked.result); };
        transaction.onerror = transaction.onabort = function () { fail(transaction.error); };
      });
    });
  }
  function all(uuid) { return window.IDBKeyRange.bound(uuid + "/", uuid + "/\uffff"); }
  window.cwPhotos = {
    write: function (uuid, item, files) {
      var key = uuid + "/" + item;
      return act("readwrite", function (store) {
        return files.length ? store.put({ item: item, files: files }, key) : store.delete(key);
      });
    },
    read: function (uuid) { return act("readonly", function (store) { return store.getAll(all(uuid)); }); },
    drop: function (uuid) { return act("readwrite", function (store) { return store.delete(all(uuid)); }); }
  };
}());
