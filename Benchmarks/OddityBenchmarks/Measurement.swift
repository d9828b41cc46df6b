import OddityPlatform

/// The result of one benchmark, a line of JSON.
struct Measurement: Codable {
    /// What was done: `train`, `score`, `sgemm`.
    let benchmark: String
    /// On what: a network and a batch size, or the size of a product.
    let name: String
    let threads: Int
    /// What the numbers mean.
    let unit: String
    /// The middle of all repeats.
    let median: Double
    /// The best of all repeats.
    let best: Double
    /// The least processor time of all repeats, over all threads; what others do on the machine
    /// hardly counts in it.
    let cpu: Double
    /// What the best repeat reached in the products of matrices.
    let gigaflops: Double?
}

/// Seconds for one piece of work.
struct Times {
    var median = 0.0
    var best = 0.0
    var cpu = 0.0
}

/// Repeats work until its time is known.
struct Harness {
    /// The least time a repeat takes: shorter work is done several times.
    var repeatSeconds = 0.05
    var repeats = 11
    let clock = ContinuousClock()

    /// The time of one piece of `work(count)`, which does `count` pieces: over all repeats, after a
    /// warm-up.
    func times(_ work: (Int) throws -> Void) rethrows -> Times {
        var count = 1
        while try time(count, work).wall < repeatSeconds { count *= 2 }
        var walls: [Double] = []
        var cpus: [Double] = []
        for _ in 0..<repeats {
            let found = try time(count, work)
            walls.append(found.wall / Double(count))
            cpus.append(found.cpu / Double(count))
        }
        walls.sort()
        return Times(median: walls[walls.count / 2], best: walls[0], cpu: cpus.min() ?? 0)
    }

    private func time(
        _ count: Int,
        _ work: (Int) throws -> Void
    ) rethrows -> (wall: Double, cpu: Double) {
        let start = clock.now
        let cpuStart = cpuSeconds()
        try work(count)
        return ((clock.now - start) / .seconds(1), cpuSeconds() - cpuStart)
    }

    /// The processor time of all threads of this process.
    private func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
}
