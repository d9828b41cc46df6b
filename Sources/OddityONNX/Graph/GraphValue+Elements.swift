extension GraphValue {
    /// A function of each element, by its name in the format.
    func applying(_ function: String, _ attributes: [Onnx_AttributeProto] = []) -> GraphValue {
        graph.node(function, [self], attributes)
    }

    var exponential: GraphValue { applying("Exp") }
    var logarithm: GraphValue { applying("Log") }
    var squareRoot: GraphValue { applying("Sqrt") }
    var squared: GraphValue { self * self }

    /// The larger of 0 and each element.
    var positivePart: GraphValue { applying("Relu") }

    /// Whether each element is no number.
    var isMissing: GraphValue { graph.node("IsNaN", [self], type: .boolean) }

    /// The smaller of two.
    func atMost(_ limit: GraphValue) -> GraphValue { graph.node("Min", [self, limit]) }
    func atMost(_ limit: Double) -> GraphValue { atMost(number(limit)) }

    /// The larger of two.
    func atLeast(_ limit: GraphValue) -> GraphValue { graph.node("Max", [self, limit]) }
    func atLeast(_ limit: Double) -> GraphValue { atLeast(number(limit)) }

    /// Where this truth holds, the elements of one tensor, else those of another.
    func choosing(_ first: GraphValue, else second: GraphValue) -> GraphValue {
        graph.node("Where", [self, first, second], type: first.type)
    }

    /// The elements as another type.
    func cast(to type: ElementType) -> GraphValue {
        graph.node("Cast", [self], [.integer("to", Int(type.number))], type: type)
    }
}
