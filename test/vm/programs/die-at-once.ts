// Dies before it has printed anything, at each start.
let n = 0
while (true) {
    n = (n + 1) & 255
}
