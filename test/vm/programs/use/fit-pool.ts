import { ObjectPool } from "../../../../src/object-pool"
class Job {
    at = 0
    left = 0
}
const jobs = new ObjectPool<Job>(6, () => new Job())
let n = 0
let done = 0
setInterval(() => {
    const one = jobs.acquire()
    const other = jobs.acquire()
    const third = jobs.acquire()
    const fourth = jobs.acquire()
    one.at = n++
    done += one.at + other.left + third.left + fourth.left
    jobs.release(one)
    jobs.release(other)
    jobs.release(third)
    jobs.release(fourth)
}, 200)
