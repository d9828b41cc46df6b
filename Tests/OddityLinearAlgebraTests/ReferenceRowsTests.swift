import OddityLinearAlgebra
import Testing

/// The nearest of many references.
@Suite struct ReferenceRowsTests {
    /// Rows, references and columns around the blocks of the search.
    static let sizes = [
        (1, 1, 1), (3, 16, 2), (7, 17, 5), (8, 63, 30), (9, 64, 32), (13, 65, 33), (64, 1_000, 32),
        (17, 129, 300), (19, 700, 47), (8, 300, 24), (24, 1_100, 510), (9, 300, 513),
    ]

    private func numbers(_ rowCount: Int, _ columnCount: Int, _ index: Int) -> Matrix {
        var stream = RandomStream(seed: 5, use: .sampling, index: index)
        return Matrix(
            rowCount: rowCount,
            columnCount: columnCount,
            elements: (0..<rowCount * columnCount).map { _ in
                Float.random(in: -2..<2, using: &stream)
            }
        )
    }

    private func nearest(
        _ rows: Matrix,
        among references: Matrix,
        excluding excluded: [Int?] = []
    ) -> [Int] {
        rows.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return [] }
            var places: [Int] = []
            ReferenceRows(references)
                .withNearest(of: base, rowCount: rows.rowCount, excluding: excluded[...]) {
                    places = $0.map(Int.init)
                }
            return places
        }
    }

    private func squaredDistances(_ rows: Matrix, from references: Matrix) -> [Float] {
        var squares = [Float](repeating: .nan, count: rows.rowCount)
        rows.withUnsafeElements { elements in
            squares.withUnsafeMutableBufferPointer { squares in
                guard let base = elements.baseAddress, let target = squares.baseAddress else {
                    return
                }
                ReferenceRows(references)
                    .squaredDistances(of: base, rowCount: rows.rowCount, into: target)
            }
        }
        return squares
    }

    /// The merits xᵀr − ½|r|² as products of matrices give them; one reference after the other.
    private func plainNearest(
        _ rows: Matrix,
        among references: Matrix,
        excluding excluded: [Int?] = []
    ) -> [Int] {
        let (m, n, k) = (rows.rowCount, references.rowCount, references.columnCount)
        var products = Matrix(rowCount: m, columnCount: n)
        products.withUnsafeMutableElements { target in
            rows.withUnsafeElements { left in
                references.transposed().withUnsafeElements { right in
                    guard let target = target.baseAddress, let left = left.baseAddress,
                        let right = right.baseAddress
                    else { return }
                    Products.multiplyRows(left, right, into: target, m: m, n: n, k: k)
                }
            }
        }
        return (0..<m).map { row in
            var best = (place: 0, merit: -Float.infinity)
            for place in 0..<n where excluded.isEmpty || excluded[row] != place {
                let half = references.row(place).reduce(0) { $0 + $1 * $1 } / 2
                let merit = products[row, place] - half
                if merit > best.merit { best = (place, merit) }
            }
            return best.place
        }
    }

    @Test(arguments: sizes) func isThatOfTheProduct(m: Int, n: Int, k: Int) {
        let (rows, references) = (numbers(m, k, 1), numbers(n, k, 2))
        #expect(nearest(rows, among: references) == plainNearest(rows, among: references))
    }

    /// What bytes tell badly: numbers that hang on few others, repeated references, outliers, and columns of zeros.
    @Test(arguments: [1, 3, 6]) func isThatOfTheProductForUnevenNumbers(rank: Int) {
        let factors = numbers(rank, 40, 8)
        func dependent(_ count: Int, _ index: Int) -> Matrix {
            var rows = numbers(count, rank, index).multiplied(by: factors)
            for row in 0..<count {
                rows[row, 3] = 0
                if row % 50 == 7 { rows[row, 5] *= 1_000 }
                if row % 64 == 0 { rows[row, 9] = 1e-20 }
            }
            return rows
        }
        let references = dependent(300, 9)
        let repeated = references.rows(at: (0..<900).map { $0 / 3 })
        var rows = dependent(72, 10)
        for column in 0..<40 { (rows[11, column], rows[20, column]) = (0, 1e-30) }
        for column in 0..<40 { rows[30, column] *= 1e12 }
        for found in [references, repeated] {
            #expect(nearest(rows, among: found) == plainNearest(rows, among: found))
            #expect(nearest(found, among: found) == plainNearest(found, among: found))
        }
    }

    /// References of which some are a hundred times as far out as others, and whole numbers, of which many are as near.
    @Test(arguments: [28, 130]) func isThatOfTheProductForFarAndEqualReferences(columnCount: Int) {
        func far(_ count: Int, _ index: Int) -> Matrix {
            var rows = numbers(count, columnCount, index)
            for row in 0..<count {
                let factor = Float(1 << (row % 8))
                for column in 0..<columnCount { rows[row, column] *= factor }
            }
            return rows
        }
        func whole(_ count: Int, _ index: Int) -> Matrix {
            let rows = numbers(count, columnCount, index)
            return Matrix(
                rowCount: count,
                columnCount: columnCount,
                elements: rows.elements.map { $0.rounded() }
            )
        }
        for made in [far, whole] {
            let (rows, references) = (made(45, 11), made(1_500, 12))
            let expected = plainNearest(rows, among: references)
            #expect(nearest(rows, among: references) == expected)
            for row in 0..<3 {
                #expect(nearest(rows.rows(at: [row]), among: references) == [expected[row]])
            }
        }
    }

    @Test(arguments: sizes) func aRowDoesNotDependOnOthers(m: Int, n: Int, k: Int) {
        let (rows, references) = (numbers(m, k, 1), numbers(n, k, 2))
        let together = squaredDistances(rows, from: references)
        for row in 0..<m {
            let alone = squaredDistances(rows.rows(row..<row + 1), from: references)
            #expect(alone.map(\.bitPattern) == [together[row].bitPattern])
        }
    }

    @Test(arguments: sizes) func whatIsExcludedDoesNotCount(m: Int, n: Int, k: Int) {
        let (rows, references) = (numbers(m, k, 1), numbers(n, k, 2))
        let first: [Int?] = nearest(rows, among: references)
        let excluded = first.enumerated().map { $0 % 3 == 2 ? nil : $1 }
        let second = nearest(rows, among: references, excluding: excluded)
        #expect(second == plainNearest(rows, among: references, excluding: excluded))
    }

    @Test func ofEqualReferencesTheFirstIsTaken() {
        let reference = numbers(1, 7, 3)
        for count in [1, 15, 40, 200] {
            let references = Matrix(rows: (0..<count).map { _ in reference.elements })
            #expect(nearest(reference, among: references) == [0])
            #expect(squaredDistances(reference, from: references) == [0])
        }
    }

    @Test func aRepeatedRowIsAtDistanceZero() {
        let references = numbers(100, 9, 4)
        #expect(squaredDistances(references, from: references).allSatisfy { $0 == 0 })
    }

    @Test(arguments: [3, 30]) func whatIsNotANumberHasNoDistance(columnCount: Int) {
        let references = numbers(270, columnCount, 6)
        for wild in [Float.nan, .infinity, -.infinity, .greatestFiniteMagnitude] {
            // A single row, and one among others, which stay what they are.
            for count in [1, 9, 16] {
                var rows = numbers(count, columnCount, 7)
                let tame = squaredDistances(rows, from: references)
                rows[count / 2, 1] = wild
                var found = squaredDistances(rows, from: references)
                #expect(!found[count / 2].isFinite)
                found[count / 2] = tame[count / 2]
                #expect(found == tame)
            }
        }
    }
}
