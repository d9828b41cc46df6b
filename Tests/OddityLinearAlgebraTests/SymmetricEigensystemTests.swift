import OddityLinearAlgebra
import Testing

@Suite struct SymmetricEigensystemTests {
    @Test func twoByTwoByHand() throws {
        // Below the diagonal nothing is read.
        let system = try SymmetricEigensystem(of: [2, 1, 99, 2], size: 2)
        #expect(abs(system.values[0] - 3) < 1e-15)
        #expect(abs(system.values[1] - 1) < 1e-15)
        #expect(abs(abs(system.vectors[0]) - 0.5.squareRoot()) < 1e-15)
        #expect(abs(system.vectors[0] - system.vectors[1]) < 1e-15)
        #expect(abs(system.vectors[2] + system.vectors[3]) < 1e-15)
    }

    @Test(arguments: [1, 3, 40]) func definition(size: Int) throws {
        var stream = RandomStream(seed: 3, use: .sampling)
        var matrix = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in row..<size {
                let value = Double(stream.uniform()) - 0.5
                matrix[row * size + column] = value
                matrix[column * size + row] = value
            }
        }
        let system = try SymmetricEigensystem(of: matrix, size: size)
        let norm = matrix.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let tolerance = 4 * Double(size) * norm * 0x1p-52
        #expect(zip(system.values, system.values.dropFirst()).allSatisfy { $0 >= $1 })
        for i in 0..<size {
            let vector = Array(system.vectors[i * size..<(i + 1) * size])
            for row in 0..<size {
                let product = (0..<size).reduce(0) { $0 + matrix[row * size + $1] * vector[$1] }
                #expect(abs(product - system.values[i] * vector[row]) <= tolerance)
            }
            for j in 0...i {
                let other = system.vectors[j * size..<(j + 1) * size]
                let product = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(product - (i == j ? 1 : 0)) <= 4 * Double(size) * 0x1p-52)
            }
        }
    }

    @Test func emptyAndNotFinite() throws {
        #expect(try SymmetricEigensystem(of: [], size: 0).values.isEmpty)
        #expect(throws: DecompositionError.notConverged(size: 1)) {
            try SymmetricEigensystem(of: [.nan], size: 1)
        }
    }
}
