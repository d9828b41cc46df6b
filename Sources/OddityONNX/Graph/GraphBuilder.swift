/// A graph in the making: inputs, then nodes each of which takes what is there already, then outputs.
///
/// All tensors have one row for each row that is judged, unless their description says otherwise.
final class GraphBuilder {
    private(set) var graph = Onnx_GraphProto()
    /// The names of tensors that are of use outside, by what they are.
    private(set) var landmarks: [(key: String, name: String)] = []
    private var names: Set<String> = []

    /// Begins a graph.
    init(name: String) {
        graph.name = name
    }

    /// A new input.
    ///
    /// - Parameters:
    ///   - name: of which there is no other yet.
    ///   - sizes: of its axes behind that of rows.
    func input(_ name: String, _ type: ElementType, sizes: [Int] = [1]) -> GraphValue {
        names.insert(name)
        graph.input.append(Self.rows(name, type, sizes: sizes))
        return GraphValue(graph: self, name: name, type: type)
    }

    /// Makes a tensor an output.
    func output(_ value: GraphValue, as name: String) {
        names.insert(name)
        add("Identity", [value], outputs: [name])
        graph.output.append(Self.rows(name, value.type, sizes: [1]))
    }

    /// Tells in the file which tensor is what.
    func mark(_ value: GraphValue, as key: String) {
        landmarks.append((key, value.name))
    }

    /// A node of one output.
    ///
    /// - Parameter type: of what the output has; that of the first input by default.
    func node(
        _ operation: String,
        _ inputs: [GraphValue],
        _ attributes: [Onnx_AttributeProto] = [],
        domain: String = "",
        type: ElementType? = nil
    ) -> GraphValue {
        let name = newName(operation)
        add(operation, inputs, attributes, domain: domain, outputs: [name])
        return GraphValue(graph: self, name: name, type: type ?? inputs[0].type)
    }

    /// The `count` largest elements of each row and their places, the largest first and of equal ones the first.
    func largest(
        _ count: Int,
        in value: GraphValue
    ) -> (values: GraphValue, places: GraphValue) {
        let names = (newName("TopK"), newName("TopK"))
        add("TopK", [value, integers([count])], outputs: [names.0, names.1])
        return (
            GraphValue(graph: self, name: names.0, type: value.type),
            GraphValue(graph: self, name: names.1, type: .integer)
        )
    }

    /// A tensor of numbers that do not change.
    func constant(_ tensor: Onnx_TensorProto, _ type: ElementType) -> GraphValue {
        var tensor = tensor
        tensor.name = newName("constant")
        tensor.dataType = type.number
        graph.initializer.append(tensor)
        return GraphValue(graph: self, name: tensor.name, type: type)
    }

    private func add(
        _ operation: String,
        _ inputs: [GraphValue],
        _ attributes: [Onnx_AttributeProto] = [],
        domain: String = "",
        outputs: [String]
    ) {
        var node = Onnx_NodeProto()
        node.opType = operation
        node.domain = domain
        node.input = inputs.map(\.name)
        node.output = outputs
        node.attribute = attributes
        node.name = outputs[0]
        graph.node.append(node)
    }

    /// A name that nothing has; a column may have any.
    private func newName(_ stem: String) -> String {
        var number = graph.node.count + graph.initializer.count
        while !names.insert("/\(stem)/\(number)").inserted { number += 1 }
        return "/\(stem)/\(number)"
    }

    private static func rows(
        _ name: String,
        _ type: ElementType,
        sizes: [Int]
    ) -> Onnx_ValueInfoProto {
        var value = Onnx_ValueInfoProto()
        value.name = name
        value.type.tensorType.elemType = type.number
        var rows = Onnx_TensorShapeProto.Dimension()
        rows.dimParam = "rows"
        let others = sizes.map { size in
            var dimension = Onnx_TensorShapeProto.Dimension()
            dimension.dimValue = Int64(size)
            return dimension
        }
        value.type.tensorType.shape.dim = [rows] + others
        return value
    }
}
