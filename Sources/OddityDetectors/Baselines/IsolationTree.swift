internal import OddityLinearAlgebra
internal import OddityPlatform

/// One tree of an isolation forest.
struct IsolationTree: Sendable {
    /// A cut, or a leaf where `feature` is below 0.
    private struct Node {
        var feature: Int32
        /// Rows up to it go left, others right.
        var threshold: Float
        /// The left child; the right one follows it.
        var left: Int32
        /// For a leaf its depth, with that expected of the rows left in it.
        var depth: Double
    }

    private var nodes: [Node] = []
    private let featureCount: Int

    /// The mean depth at which a search among `count` rows ends without success: 2H(m − 1) − 2(m − 1)/m,
    /// with H(i) = ln i + γ.
    static func searchDepth(among count: Int) -> Double {
        guard count > 2 else { return count == 2 ? 1 : 0 }
        let count = Double(count)
        let eulerGamma = 0.577_215_664_901_532_9
        return 2 * (log(count - 1) + eulerGamma) - 2 * (count - 1) / count
    }

    /// Grows the tree with a number of its own.
    init(of rows: Matrix, sampleCount: Int, seed: UInt64, index: Int) {
        featureCount = rows.columnCount
        var stream = RandomStream(seed: seed, use: .isolating, index: index)
        var sample = stream.sample(sampleCount, of: rows.rowCount)
        var features = Array(0..<featureCount)
        let deepest = Int(log2(Double(max(2, sampleCount))).rounded(.up))
        rows.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            nodes.append(leaf(depth: 0, rowCount: sampleCount))
            // Nodes still to be cut, with their rows of the sample.
            var open = [(node: 0, rows: 0..<sampleCount, depth: 0)]
            while let (node, range, depth) = open.popLast() {
                guard depth < deepest, range.count > 1,
                    let cut = cut(sample[range], base, &features, &stream)
                else {
                    nodes[node] = leaf(depth: depth, rowCount: range.count)
                    continue
                }
                let middle = sample[range].partition {
                    base[$0 * featureCount + cut.feature] > cut.threshold
                }
                let left = nodes.count
                nodes[node] = Node(
                    feature: Int32(cut.feature),
                    threshold: cut.threshold,
                    left: Int32(left),
                    depth: 0
                )
                nodes.append(leaf(depth: depth + 1, rowCount: 0))
                nodes.append(leaf(depth: depth + 1, rowCount: 0))
                open.append((left + 1, middle..<range.upperBound, depth + 1))
                open.append((left, range.lowerBound..<middle, depth + 1))
            }
        }
    }

    private func leaf(depth: Int, rowCount: Int) -> Node {
        Node(
            feature: -1,
            threshold: 0,
            left: 0,
            depth: Double(depth) + IsolationTree.searchDepth(among: rowCount)
        )
    }

    /// A random threshold of a random feature that varies among the rows, or nil if none does.
    private func cut(
        _ rows: ArraySlice<Int>,
        _ base: UnsafePointer<Float>,
        _ features: inout [Int],
        _ stream: inout RandomStream
    ) -> (feature: Int, threshold: Float)? {
        for tried in features.indices {
            features.swapAt(tried, tried + stream.integer(below: featureCount - tried))
            let feature = features[tried]
            var low = Float.infinity
            var high = -Float.infinity
            for row in rows {
                let value = base[row * featureCount + feature]
                low = min(low, value)
                high = max(high, value)
            }
            guard low < high else { continue }
            let share = Double(stream.uniform())
            let threshold = Float(Double(low) + (Double(high) - Double(low)) * share)
            // Rounded up to the largest value it would cut nothing off.
            return (feature, threshold < high ? threshold : low)
        }
        return nil
    }

    /// Adds the depth of each row to its sum.
    func addDepths(
        of rows: UnsafePointer<Float>,
        rowCount: Int,
        to sums: UnsafeMutableBufferPointer<Double>
    ) {
        nodes.withUnsafeBufferPointer { nodes in
            for row in 0..<rowCount {
                let x = rows + row * featureCount
                var node = 0
                while nodes[node].feature >= 0 {
                    let goesRight = x[Int(nodes[node].feature)] > nodes[node].threshold
                    node = Int(nodes[node].left) + (goesRight ? 1 : 0)
                }
                sums[row] += nodes[node].depth
            }
        }
    }
}

extension RandomStream {
    /// Different numbers below `bound`, all subsets equally likely (Floyd; Bentley and Floyd 1987).
    fileprivate mutating func sample(_ count: Int, of bound: Int) -> [Int] {
        var chosen = Set<Int>(minimumCapacity: count)
        var result: [Int] = []
        result.reserveCapacity(count)
        for last in bound - count..<bound {
            let drawn = integer(below: last + 1)
            let number = chosen.contains(drawn) ? last : drawn
            chosen.insert(number)
            result.append(number)
        }
        return result
    }
}
