import Foundation
import OddityNeuralNetworks

/// A loss of images by its definition, in double precision.
func referenceOfImages(
    _ loss: Loss,
    predicted: [Double],
    expected: [Double],
    shape: Shape
) -> Double {
    let rowCount = predicted.count / shape.count
    var sum = 0.0
    for row in 0..<rowCount {
        let range = (row * shape.count)..<((row + 1) * shape.count)
        let x = planes(Array(predicted[range]), shape)
        let y = planes(Array(expected[range]), shape)
        let error = zip(predicted[range], expected[range]).reduce(0) { $0 + pow($1.0 - $1.1, 2) }
        let meanError = error / Double(shape.count)
        switch loss {
        case .structuralSimilarity(let weight):
            let similarities = zip(x, y).map { similarity($0, $1).whole }
            sum += 1 - mean(similarities) + Double(weight) * meanError
        case .multiScaleStructuralSimilarity(let weight):
            sum += 1 - mean(zip(x, y).map(multiScaleSimilarity)) + Double(weight) * meanError
        case .gradientDifference(let weight):
            sum += difference(x, y) + Double(weight) * meanError
        default: return .nan
        }
    }
    return sum / Double(rowCount)
}

private typealias Image = [[Double]]

private func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

/// The lines of each channel.
private func planes(_ x: [Double], _ shape: Shape) -> [Image] {
    let width = shape.sizes[shape.sizes.count - 2]
    let height = x.count / width / shape.channels
    return (0..<shape.channels).map { c in
        (0..<height).map { line in
            (0..<width).map { x[(line * width + $0) * shape.channels + c] }
        }
    }
}

/// The mean square of the differences of neighbours' errors, over all channels.
private func difference(_ x: [Image], _ y: [Image]) -> Double {
    var squares: [Double] = []
    for (x, y) in zip(x, y) {
        func error(_ i: Int, _ j: Int) -> Double { x[i][j] - y[i][j] }
        for i in x.indices {
            for j in x[0].indices {
                if j > 0 { squares.append(pow(error(i, j) - error(i, j - 1), 2)) }
                if i > 0 { squares.append(pow(error(i, j) - error(i - 1, j), 2)) }
            }
        }
    }
    return squares.isEmpty ? 0 : mean(squares)
}

private func gaussian(_ size: Int) -> [Double] {
    let count = min(11, size % 2 == 0 ? size - 1 : size)
    let values = (0..<count).map { exp(-pow(Double($0 - count / 2) / 1.5, 2) / 2) }
    return values.map { $0 / values.reduce(0, +) }
}

private func similarity(_ x: Image, _ y: Image) -> (whole: Double, structure: Double) {
    let (down, across) = (gaussian(x.count), gaussian(x[0].count))
    var (wholes, structures): ([Double], [Double]) = ([], [])
    for top in 0...(x.count - down.count) {
        for left in 0...(x[0].count - across.count) {
            func average(_ value: (Double, Double) -> Double) -> Double {
                var sum = 0.0
                for (i, a) in down.enumerated() {
                    for (j, b) in across.enumerated() {
                        sum += a * b * value(x[top + i][left + j], y[top + i][left + j])
                    }
                }
                return sum
            }
            let (mx, my) = (average { x, _ in x }, average { _, y in y })
            let covariance = average { ($0 - mx) * ($1 - my) }
            let variances = average { pow($0 - mx, 2) + pow($1 - my, 2) }
            let structure = (2 * covariance + 0.0009) / (variances + 0.0009)
            structures.append(structure)
            wholes.append(structure * (2 * mx * my + 0.0001) / (mx * mx + my * my + 0.0001))
        }
    }
    return (mean(wholes), mean(structures))
}

private func multiScaleSimilarity(_ x: Image, _ y: Image) -> Double {
    func half(_ x: Image) -> Image {
        (0..<(x.count / 2)).map { i in
            (0..<(x[0].count / 2)).map { j in
                let upper: Double = x[2 * i][2 * j] + x[2 * i][2 * j + 1]
                let lower: Double = x[2 * i + 1][2 * j] + x[2 * i + 1][2 * j + 1]
                return (upper + lower) / 4
            }
        }
    }
    var scales = [(x, y)]
    while scales.count < 5, let (x, y) = scales.last, min(x.count, x[0].count) >= 22 {
        scales.append((half(x), half(y)))
    }
    if scales.count == 1 { return similarity(x, y).whole }
    let exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333].prefix(scales.count)
    let total = exponents.reduce(0, +)
    let values = scales.enumerated().map { index, pair in
        let found = similarity(pair.0, pair.1)
        let value = index == scales.count - 1 ? found.whole : found.structure
        return pow(max(value, 0), exponents[index] / total)
    }
    return values.reduce(1, *)
}
