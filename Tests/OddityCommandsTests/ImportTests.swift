import Foundation
import TestSupport
import Testing

/// `oddity import`.
@Suite struct ImportTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        var random = Numbers(state: 11)
        func rows(_ count: Int, odd: Bool = false) -> String {
            let lines = (0..<count).map { _ in
                let a = 10 + random.next() * 4
                return "\(a),\(odd ? 60 - 2 * a : 2 * a + random.next()),x"
            }
            return (["a,b,note"] + lines).joined(separator: "\n") + "\n"
        }
        folder.write(rows(200), as: "normal.csv")
        folder.write(rows(50, odd: true), as: "odd.csv")
        folder.write(rows(50), as: "new.csv")
        for (name, bytes) in ForeignNetwork.files { folder.write(bytes, as: name) }
    }

    private func run(_ words: String) throws -> ChildProcess {
        try shell(#"cd "$1"; "$ODDITY" \#(words)"#, in: folder)
    }

    private static let importing =
        "import weights --layers layers.json --data normal.csv --output model"

    @Test func theNetworkBecomesAModel() throws {
        let made = try run(Self.importing)
        #expect(made.exitCode == 0, "\(made.errors)")
        #expect(made.errors.contains("2–2–1–2, trained elsewhere"), "\(made.errors)")
        #expect(made.errors.contains("200 held-out rows"), "\(made.errors)")
        #expect(made.errors.contains("none of which the network may have been trained on"))
        #expect(try run("verify model").exitCode == 0)
        let card = try run("inspect model")
        #expect(card.output.contains("elsewhere, and imported"))
        let odd = try run("score model odd.csv --reasons 1")
        let flags = try numbers("anomaly", in: odd.lines)
        #expect(flags.reduce(0, +) > 40)
        let new = try run("score model new.csv --reasons 0")
        #expect(try numbers("anomaly", in: new.lines).reduce(0, +) < 5)
        let exported = try run("export model --onnx out.onnx")
        #expect(exported.exitCode == 0, "\(exported.errors)")
    }

    /// The error is that of the network's own arithmetic, in deviations of the rows that calibrate it.
    @Test func computesAsTheNetworkDoes() throws {
        #expect(try run(Self.importing).exitCode == 0)
        let normal = fields(
            folder.readText(folder.path + "/normal.csv").split(separator: "\n").map(String.init)
        )
        .dropFirst().map { row in row.prefix(2).compactMap(Double.init) }
        let count = Double(normal.count)
        let means = (0..<2).map { column in normal.reduce(0) { $0 + $1[column] } / count }
        let deviations = (0..<2).map { column in
            (normal.reduce(0) { $0 + pow($1[column] - means[column], 2) } / count).squareRoot()
        }
        let scored = try run("score model normal.csv --reasons 0")
        let errors = try numbers("error", in: scored.lines)
        #expect(errors.count == normal.count)
        for (row, error) in zip(normal, errors) {
            let rebuilt = ForeignNetwork.rebuilt(row)
            let expected = (0..<2).reduce(0.0) {
                $0 + pow((row[$1] - rebuilt[$1]) / deviations[$1], 2) / 2
            }
            #expect(abs(error - expected) < 1e-4 * max(1, expected), "\(error), not \(expected)")
        }
    }

    @Test(
        arguments: [
            (
                "weights", "normal.csv --layers normal.csv", 65,
                "normal.csv: this describes no layers"
            ),
            (
                "weights", "normal.csv --layers lacking.json", 65,
                "weights: the network cannot be imported: there is no tensor \"0.weigt\" (did you mean \"0.weight\" or "
            ),
            ("weights", "normal.csv --layers wrong.json", 65, "takes 1 numbers, and gets 2"),
            ("normal.csv", "normal.csv --layers layers.json", 65, "normal.csv: "),
            ("weights", "few.csv --layers layers.json", 65, "few.csv: 3 rows are too few"),
            (
                "weights", "constant.csv --layers layers.json", 65,
                "column \"b\" must hold numbers, and not the same in every row"
            ),
            (
                "weights", "gap.csv --layers layers.json", 65,
                "column \"a\", row 7: the value is missing"
            ),
            ("weights", "other.csv --layers layers.json", 65, "other.csv: "),
        ]
    )
    func whatDoesNotFitIsRefused(_ network: String, _ data: String, _ code: Int32, _ words: String)
        throws
    {
        let text = folder.readText(folder.path + "/layers.json")
        folder.write(text.replacing("0.weight", with: "0.weigt"), as: "lacking.json")
        folder.write(
            text.replacing(#""0.weight", "bias": "0.bias""#, with: #""4.weight""#),
            as: "wrong.json"
        )
        folder.write("a,b\n1,2\n2,3\n3,5\n", as: "few.csv")
        let numbers = (0..<30).map(Double.init)
        folder.write(
            (["a,b"] + numbers.map { "\($0),5" }).joined(separator: "\n"),
            as: "constant.csv"
        )
        folder.write(
            (["a,b"] + numbers.map { $0 == 6 ? ",6" : "\($0),\($0)" }).joined(separator: "\n"),
            as: "gap.csv"
        )
        folder.write(
            (["a,c"] + numbers.map { "\($0),\($0)" }).joined(separator: "\n"),
            as: "other.csv"
        )
        let made = try run("import \(network) --data \(data) --output model")
        expectFailure(made, code, words)
        #expect(!folder.names.contains("model"))
    }
}

/// A network as another program writes it: two columns, squeezed to one number.
enum ForeignNetwork {
    private static let tensors: [(name: String, shape: [Int], values: [Float])] = [
        ("0.weight", [2, 2], [0.5, 0.25, -0.75, 1]), ("0.bias", [2], [0.125, 0.5]),
        ("2.weight", [1, 2], [1, 0.5]), ("2.bias", [1], [-0.25]),
        ("4.weight", [2, 1], [1.25, 1]),
    ]
    private static let means = [12.0, 24.5]
    private static let scales = [1.25, 2.5]

    /// `weights` and `layers.json`.
    static var files: [(name: String, bytes: [UInt8])] {
        var entries: [String] = []
        var data: [UInt8] = []
        for (name, shape, values) in tensors {
            let begin = data.count
            for value in values {
                withUnsafeBytes(of: value.bitPattern.littleEndian) { data += $0 }
            }
            entries.append(
                #""\#(name)":{"dtype":"F32","shape":\#(shape),"data_offsets":[\#(begin),\#(data.count)]}"#
            )
        }
        let header = Array("{\(entries.joined(separator: ","))}".utf8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
        let layers = """
            {"columns": ["a", "b"], "means": \(means), "scales": \(scales), "layers": [
             {"weight": "0.weight", "bias": "0.bias", "activation": "relu"},
             {"weight": "2.weight", "bias": "2.bias", "activation": "tanh"},
             {"weight": "4.weight"}]}
            """
        return [("weights", length + header + data), ("layers.json", Array(layers.utf8))]
    }

    /// What it makes of a row.
    static func rebuilt(_ row: [Double]) -> [Double] {
        func layer(_ index: Int, _ input: [Double]) -> [Double] {
            let weight = tensors.first { $0.name == "\(index).weight" }
            let bias = tensors.first { $0.name == "\(index).bias" }
            guard let weight else { return [] }
            return (0..<weight.shape[0]).map { output in
                input.indices.reduce(Double(bias?.values[output] ?? 0)) {
                    $0 + Double(weight.values[output * input.count + $1]) * input[$1]
                }
            }
        }
        let taken = row.indices.map { (row[$0] - means[$0]) / scales[$0] }
        let code = layer(2, layer(0, taken).map { max($0, 0) }).map { tanh($0) }
        let given = layer(4, code)
        return given.indices.map { given[$0] * scales[$0] + means[$0] }
    }
}
