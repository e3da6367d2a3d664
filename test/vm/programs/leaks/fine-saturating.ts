// Counts by dish, in the order the dishes happen to be asked for: the rare ones come late.
const counts: any = {}
setInterval(() => {
    const dish = "dish " + Math.floor(Math.random() * 120)
    counts[dish] = (counts[dish] || 0) + 1
}, 1200)
