// A worker of an earlier site, as many are: it keeps what it fetched once and answers from that.
addEventListener("install", (event) => {
  skipWaiting();
  const keep = async () => (await caches.open("pages-v1")).addAll(["./", "./faq/"]);
  event.waitUntil(keep());
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const answer = async () => (await caches.match(event.request)) ?? fetch(event.request);
  event.respondWith(answer());
});
