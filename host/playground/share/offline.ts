/**
 * Has the browser keep the site, where it was written with what that takes: called when the first program
 * runs, as it fetches all there is.
 */
export function keepOffline(): void {
    const { offline } = document.documentElement.dataset
    // There is none on a page that came without encryption, from anywhere but this machine.
    if (offline === undefined || !("serviceWorker" in navigator)) return
    navigator.serviceWorker
        .register(new URL(offline, document.baseURI))
        // Somebody has switched it off, or the storage is full: all works as before.
        .catch((error: unknown) => console.warn("The site is not kept:", error))
}
