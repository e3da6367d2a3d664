// Every five seconds a batch of readings comes in and is kept: between two batches nothing grows.
interface Reading {
    place: number
    degrees: number
}

const kept: Reading[] = []

setInterval(() => {
    for (let i = 0; i < 9; i++) kept.push({ place: i, degrees: 20 + i / 8 })
}, 5000)
