function depth(n: number): number {
    return 1 + depth(n + 1)
}
setTimeout(() => {
    console.log("down")
    console.log("never " + depth(0))
}, 200)
