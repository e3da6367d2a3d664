// A measured part that keeps 88 bytes and 12 of header, and drops as many.

// The first use of Buffer makes something of the VM's own.
let kept = Buffer.alloc(1)
console.log("work begins")
kept = Buffer.alloc(88)
kept = Buffer.alloc(88)
console.log("work ends")
console.log(`${kept.length}`)
