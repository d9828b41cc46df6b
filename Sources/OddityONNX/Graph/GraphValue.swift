/// A tensor of a graph: what nodes take and give.
///
/// Arithmetic with it adds nodes to the graph; as in NumPy, a tensor of one row or of one column counts for all.
struct GraphValue {
    let graph: GraphBuilder
    let name: String
    let type: ElementType

    /// A number of the tensor's type.
    func number(_ value: Double) -> GraphValue {
        switch type {
        case .float: graph.floats([Float(value)])
        case .double: graph.doubles([value])
        case .integer: graph.integers([Int(value)])
        case .boolean, .text: preconditionFailure("numbers of \(type)")
        }
    }

    static func + (left: GraphValue, right: GraphValue) -> GraphValue {
        left.graph.node("Add", [left, right])
    }

    static func - (left: GraphValue, right: GraphValue) -> GraphValue {
        left.graph.node("Sub", [left, right])
    }

    static func * (left: GraphValue, right: GraphValue) -> GraphValue {
        left.graph.node("Mul", [left, right])
    }

    static func / (left: GraphValue, right: GraphValue) -> GraphValue {
        left.graph.node("Div", [left, right])
    }

    static func + (left: GraphValue, right: Double) -> GraphValue { left + left.number(right) }
    static func - (left: GraphValue, right: Double) -> GraphValue { left - left.number(right) }
    static func * (left: GraphValue, right: Double) -> GraphValue { left * left.number(right) }
    static func / (left: GraphValue, right: Double) -> GraphValue { left / left.number(right) }

    static prefix func - (value: GraphValue) -> GraphValue { value.graph.node("Neg", [value]) }

    static func < (left: GraphValue, right: GraphValue) -> GraphValue {
        left.graph.node("Less", [left, right], type: .boolean)
    }

    static func > (left: GraphValue, right: GraphValue) -> GraphValue {
        left.graph.node("Greater", [left, right], type: .boolean)
    }

    static func < (left: GraphValue, right: Double) -> GraphValue { left < left.number(right) }
    static func > (left: GraphValue, right: Double) -> GraphValue { left > left.number(right) }

    static prefix func ! (value: GraphValue) -> GraphValue { value.graph.node("Not", [value]) }

    static func && (left: GraphValue, right: GraphValue) -> GraphValue {
        left.graph.node("And", [left, right])
    }

    static func || (left: GraphValue, right: GraphValue) -> GraphValue {
        left.graph.node("Or", [left, right])
    }
}
