import { ObjectPool } from "../../../../src/object-pool"
// Two jobs are at work at most.
class Job {
    at = 0
    left = 0
}
const jobs = new ObjectPool<Job>(60, () => new Job()) // here
let n = 0
let done = 0
setInterval(() => {
    const one = jobs.acquire()
    const other = jobs.acquire()
    one.at = n++
    other.at = n++
    done += one.at + other.left
    jobs.release(one)
    jobs.release(other)
}, 200)
