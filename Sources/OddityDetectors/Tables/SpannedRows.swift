internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPreprocessing

/// Rows of more features than there are rows, as a network is trained on them: by their coordinates.
///
/// n rows span n − 1 directions about their mean μ. With V their principal components, r × features, and a random rotation R
/// of them, a row is
///
///     z = c RV(x − μ),  c = √(r / features),
///
/// r numbers with as large a mean square. Squared errors are the same in both, so that a network learns from z what there is
/// to learn of x, at the cost of r inputs. Rotated, all coordinates vary about as much, as the features do: with the components
/// themselves Adam, whose steps are as long in each of them, would learn the noise of the last ones as fast as what the first have in
/// common. What it has learned is then written as a network of the features themselves,
/// W₁ = c (RV)ᵀW and W₂ = WRV / c, which does not look at what no training row holds.
struct SpannedRows {
    /// All rows, by their coordinates.
    let coordinates: Matrix
    /// What held-out rows hold beside the span: squared, the mean over their features.
    let outsideLoss: Double
    /// The rotated components, coordinates × features.
    private let basis: [Float]
    private let mean: [Float]
    private let scale: Float

    /// - Parameters:
    ///   - inputs: all rows.
    ///   - rows: those that the network is trained on.
    ///   - heldOut: those that it is not.
    ///   - seed: where the rotation comes from.
    /// - Returns: nil where the training rows are all equal.
    /// - Throws: `PreparationError` for numbers that are not finite.
    init?(_ inputs: Matrix, rows: [Int], heldOut: [Int], seed: UInt64) throws {
        let components = try PrincipalComponentAnalysis(components: .variance(1), solver: .exact)
            .fitted(to: inputs.rows(at: rows))
        let (size, width) = (components.componentCount, inputs.columnCount)
        guard size > 0 else { return nil }
        let rotation = try Self.rotation(size, seed: seed)
        scale = (Float(size) / Float(width)).squareRoot()
        mean = components.mean
        basis = Self.product(
            rotation,
            components.components.elements,
            m: size,
            n: width,
            k: size
        )
        coordinates = Matrix(
            rowCount: inputs.rowCount,
            columnCount: size,
            elements: Self.product(
                components.applied(to: inputs).elements,
                rotation,
                m: inputs.rowCount,
                n: size,
                k: size,
                transposeRight: true,
                scale: scale
            )
        )
        let all = Self.meanSquare(inputs, heldOut, less: mean)
        let zero = [Float](repeating: 0, count: coordinates.columnCount)
        let inside = Self.meanSquare(coordinates, heldOut, less: zero)
        outsideLoss = max(0, all - inside)
    }

    /// A rotation drawn at random, all as likely: the eigenvectors of a symmetric matrix of normal numbers.
    private static func rotation(_ size: Int, seed: UInt64) throws -> [Float] {
        var stream = RandomStream(seed: seed, use: .sampling, index: -3)
        var draws = [Float](repeating: 0, count: size * size)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        var matrix = draws.map { Double($0) }
        for i in 0..<size { matrix[i * size + i] *= 2.0.squareRoot() }
        return try SymmetricEigensystem(of: matrix, size: size).vectors.map { Float($0) }
    }

    /// The number of coordinates.
    var columnCount: Int { coordinates.columnCount }

    /// A network of coordinates as one of features.
    ///
    /// - Parameters:
    ///   - network: begins with a dense layer, and its last dense layer gives coordinates.
    ///   - description: that of the network of features: the same layers, but for the sizes of input and output.
    func network(_ network: Network, as description: NetworkDescription) throws -> Network {
        let last = description.layers.lastIndex { if case .dense = $0 { true } else { false } } ?? 0
        let places = ["layers.0.", "layers.\(last)."]
        let tensors = network.tensors
        func values(_ name: String) -> [Float] { tensors.first { $0.name == name }?.values ?? [] }
        let ends = zip(places, [encoder, decoder]).flatMap { place, converted in
            converted(place, values(place + "weight"), values(place + "bias"))
        }
        return try Network(
            description,
            tensors: tensors.filter { tensor in !ends.contains { $0.name == tensor.name } } + ends
        )
    }

    /// The first layer, before any activation c RV(x − μ) W + b.
    private func encoder(_ place: String, _ weight: [Float], _ bias: [Float]) -> [StoredTensor] {
        let (width, size) = (mean.count, bias.count)
        let converted = Self.product(
            basis,
            weight,
            m: width,
            n: size,
            k: columnCount,
            transposeLeft: true,
            scale: scale
        )
        let shift = Self.product(mean, converted, m: 1, n: size, k: width)
        return [
            StoredTensor(name: place + "weight", shape: [width, size], values: converted),
            StoredTensor(
                name: place + "bias",
                shape: [size],
                values: zip(bias, shift).map { $0 - $1 }
            ),
        ]
    }

    /// The last layer, (h W + b) RV / c + μ.
    private func decoder(_ place: String, _ weight: [Float], _ bias: [Float]) -> [StoredTensor] {
        let width = mean.count
        let size = weight.count / columnCount
        func converted(_ rows: [Float], count: Int) -> [Float] {
            Self.product(
                rows,
                basis,
                m: count,
                n: width,
                k: columnCount,
                scale: 1 / scale
            )
        }
        return [
            StoredTensor(
                name: place + "weight",
                shape: [size, width],
                values: converted(weight, count: size)
            ),
            StoredTensor(
                name: place + "bias",
                shape: [width],
                values: zip(converted(bias, count: 1), mean).map { $0 + $1 }
            ),
        ]
    }

    /// The product of two matrices, stored row after row.
    private static func product(
        _ left: [Float],
        _ right: [Float],
        m: Int,
        n: Int,
        k: Int,
        transposeLeft: Bool = false,
        transposeRight: Bool = false,
        scale: Float = 1
    ) -> [Float] {
        var result = [Float](repeating: 0, count: m * n)
        left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                result.withUnsafeMutableBufferPointer { result in
                    guard let left = left.baseAddress, let right = right.baseAddress,
                        let target = result.baseAddress
                    else { return }
                    Products.multiply(
                        left,
                        right,
                        into: target,
                        m: m,
                        n: n,
                        k: k,
                        transposeLeft: transposeLeft,
                        transposeRight: transposeRight,
                        scale: scale
                    )
                }
            }
        }
        return result
    }

    /// The mean square of some rows less a mean.
    private static func meanSquare(_ matrix: Matrix, _ rows: [Int], less mean: [Float]) -> Double {
        let width = matrix.columnCount
        var sum = 0.0
        matrix.withUnsafeElements { elements in
            for row in rows {
                for j in 0..<width {
                    let difference = Double(elements[row * width + j]) - Double(mean[j])
                    sum += difference * difference
                }
            }
        }
        return sum / Double(max(1, rows.count * width))
    }
}
