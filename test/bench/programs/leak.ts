// Grows all the time, and is half full after a minute.
const seen: { at: number }[] = []
setInterval(() => {
    seen.push({ at: seen.length })
}, 200)
