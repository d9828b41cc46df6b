import OddityDetectors
import OddityLinearAlgebra
import Testing

/// Rows near three directions of ten features; odd ones lie anywhere.
func baselineRows(_ count: Int, odd: Bool = false, seed: UInt64) -> Matrix {
    var directions = RandomStream(seed: 77, use: .sampling)
    var axes = Matrix(rowCount: 3, columnCount: 10)
    axes.withUnsafeMutableElements { directions.fillNormal($0) }
    var stream = RandomStream(seed: seed, use: .sampling)
    var factors = Matrix(rowCount: count, columnCount: 3)
    factors.withUnsafeMutableElements { stream.fillNormal($0) }
    var noise = [Float](repeating: 0, count: count * 10)
    noise.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
    var rows = factors.multiplied(by: axes)
    rows.withUnsafeMutableElements { elements in
        for i in elements.indices {
            elements[i] = odd ? 4 * noise[i] : elements[i] + 0.1 * noise[i]
        }
    }
    return rows
}

/// What every baseline must do, whatever its settings.
func checkBaseline(
    _ baseline: some BaselineDetector,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let training = baselineRows(200, seed: 1)
    let normal = baselineRows(70, seed: 2)
    let odd = baselineRows(67, odd: true, seed: 3)
    let rows = Matrix(
        rowCount: 137,
        columnCount: 10,
        elements: normal.elements + odd.elements
    )
    let detector = try baseline.fitted(to: training, seed: 5)
    let scores = try detector.scores(of: rows)
    #expect(detector.featureCount == 10, sourceLocation: sourceLocation)
    #expect(scores.count == 137 && scores.allSatisfy(\.isFinite), sourceLocation: sourceLocation)
    #expect(Set(scores).count > 60, "scores are not constant", sourceLocation: sourceLocation)
    let wins = scores[..<70].reduce(0) { sum, score in
        sum + scores[70...].count { $0 > score }
    }
    #expect(Double(wins) > 0.9 * 70 * 67, "odd rows score higher", sourceLocation: sourceLocation)

    // The same from a second fit, whatever the number of threads.
    let second = try baseline.fitted(to: training, seed: 5, threadCount: 3)
    #expect(
        try second.scores(of: rows, threadCount: 3) == scores,
        "thread-invariant",
        sourceLocation: sourceLocation
    )

    // Each row by itself, and in another order.
    for row in [0, 1, 63, 64, 100, 136] {
        let one = try detector.scores(of: rows.rows(row..<row + 1))
        #expect(one == [scores[row]], "row \(row) by itself", sourceLocation: sourceLocation)
    }
    let reversed = try detector.scores(of: rows.rows(at: (0..<137).reversed()))
    #expect(reversed.reversed() == scores, "in reverse", sourceLocation: sourceLocation)
    #expect(
        try detector.scores(of: Matrix(rowCount: 0, columnCount: 10)) == [],
        sourceLocation: sourceLocation
    )

    // Little to learn from.
    for count in [1, 2, 3] {
        let few = try baseline.fitted(to: training.rows(0..<count), seed: 5).scores(of: rows)
        #expect(few.count == 137 && few.allSatisfy(\.isFinite), sourceLocation: sourceLocation)
    }
    let constant = Matrix(rows: [[Float]](repeating: [3], count: 20))
    let changed = Matrix(rows: [[3], [9]])
    let watched = try baseline.fitted(to: constant, seed: 5).scores(of: changed)
    #expect(watched.allSatisfy { $0.isFinite }, sourceLocation: sourceLocation)
    #expect(watched[1] >= watched[0], sourceLocation: sourceLocation)

    // The largest numbers there are.
    let huge = Matrix(
        rows: [1, -1].map { [Float](repeating: $0 * .greatestFiniteMagnitude, count: 10) }
    )
    let far = try detector.scores(of: huge)
    #expect(far.allSatisfy { $0.isFinite }, sourceLocation: sourceLocation)

    // Rows that do not fit.
    #expect(throws: DetectorError.self, sourceLocation: sourceLocation) {
        try detector.scores(of: Matrix(rowCount: 2, columnCount: 9))
    }
    var broken = rows
    broken[3, 4] = .nan
    let flaw = DetectorError.unusableRows("row 4, feature 5 is not finite")
    #expect(throws: flaw, sourceLocation: sourceLocation) { try detector.scores(of: broken) }
    #expect(throws: flaw, sourceLocation: sourceLocation) {
        try baseline.fitted(to: broken, seed: 5)
    }
    for shape in [(0, 3), (3, 0)] {
        #expect(throws: DetectorError.self, sourceLocation: sourceLocation) {
            try baseline.fitted(
                to: Matrix(rowCount: shape.0, columnCount: shape.1),
                seed: 5
            )
        }
    }
}
