extension GraphValue {
    /// The product of matrices.
    func times(_ matrix: GraphValue) -> GraphValue { graph.node("MatMul", [self, matrix]) }

    /// The sum of each row, as one column; of tensors with more axes along the last.
    var rowSum: GraphValue { reduced("ReduceSum") }

    /// The sum of each row of `count` elements, as one column, which engines form one element after the other.
    ///
    /// They do so in products of matrices, mostly, and Oddity in its sums of single precision: then both round alike, which decides
    /// where rows are nearly equal.
    func sumInOrder(_ count: Int) -> GraphValue {
        times(graph.floats(Array(repeating: 1, count: count), shape: [count, 1]))
    }

    /// The mean of each row, as one column.
    var rowMean: GraphValue { reduced("ReduceMean") }

    /// The least of each row, as one column.
    var rowMinimum: GraphValue { reduced("ReduceMin") }

    /// How many elements along the last axis are true, without that axis.
    var count: GraphValue { cast(to: .integer).reduced("ReduceSum", keepsAxis: false) }

    /// What an operation makes of all elements along some axes.
    ///
    /// - Parameters:
    ///   - operation: by its name in the format, such as `ReduceMean`.
    ///   - axes: the last by default.
    ///   - keepsAxis: whether the axes stay, with a size of 1.
    func reduced(
        _ operation: String,
        axes: [Int] = [-1],
        keepsAxis: Bool = true
    ) -> GraphValue {
        graph.node(
            operation,
            [self, graph.integers(axes)],
            [.integer("keepdims", keepsAxis ? 1 : 0)]
        )
    }

    /// With the axes in another order.
    func transposed(_ axes: [Int]) -> GraphValue {
        graph.node("Transpose", [self], [.integers("perm", axes)])
    }

    /// The elements of each row in another shape.
    ///
    /// - Parameter sizes: of the axes behind that of rows; of one that is −1 it follows.
    func reshaped(_ sizes: [Int]) -> GraphValue {
        graph.node("Reshape", [self, graph.integers([0] + sizes)])
    }

    /// The elements at some places of an axis, which becomes as many axes as the places have.
    func elements(at places: GraphValue, axis: Int) -> GraphValue {
        graph.node("Gather", [self, places], [.integer("axis", axis)])
    }

    /// With one more axis, the last, of size 1.
    var expanded: GraphValue { graph.node("Unsqueeze", [self, graph.integers([-1])]) }

    /// The rows of this tensor at some places.
    func rows(at places: GraphValue) -> GraphValue { graph.node("Gather", [self, places]) }

    /// Some elements of the last axis.
    func columns(_ places: [Int]) -> GraphValue {
        graph.node("Gather", [self, graph.integers(places)], [.integer("axis", -1)])
    }

    /// One element of the last axis, without that axis.
    func column(_ place: Int) -> GraphValue {
        graph.node("Gather", [self, graph.integers([place], shape: [])], [.integer("axis", -1)])
    }
}

extension GraphBuilder {
    /// Tensors beside one another.
    func joined(_ values: [GraphValue]) -> GraphValue {
        values.count == 1 ? values[0] : node("Concat", values, [.integer("axis", -1)])
    }
}
