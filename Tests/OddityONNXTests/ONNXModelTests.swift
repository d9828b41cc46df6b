import OddityDatasets
import OddityDetectors
import OddityFailures
import OddityPreprocessing
import SwiftProtobuf
import TestSupport
import Testing

@testable import OddityONNX

/// What is written, and what is refused.
@Suite struct ONNXModelTests {
    /// A table with two columns of numbers, one of categories, and one by another name.
    private func table(_ name: String = "fixed") throws -> Table {
        var random = Numbers(state: 3)
        let rows = 0..<40
        return try Table(columns: [
            Column("a", rows.map { $0 % 9 == 4 ? .nan : random.next() }),
            Column("b", rows.map { _ in random.next() }),
            Column("color", categories: rows.map { $0 % 2 == 0 ? "red" : "green" }),
            Column(name, rows.map { _ in 5 }),
        ])
    }

    private func detector(
        _ name: String = "fixed",
        _ change: (inout TableDetector) -> Void = { _ in }
    ) throws -> FittedTableDetector {
        var detector = TableDetector()
        (detector.hiddenSizes, detector.epochs, detector.folds) = ([4, 2], 1, 2)
        change(&detector)
        return try detector.fitted(to: table(name))
    }

    private func graph(_ detector: FittedTableDetector) throws -> Onnx_GraphProto {
        let bytes = try ONNXModel(detector).encoded()
        let model = try Onnx_ModelProto(serializedBytes: bytes)
        #expect(model.irVersion == 8)
        #expect(model.opsetImport.map(\.version) == [18, 3])
        #expect(model.producerName == "oddity")
        return model.graph
    }

    @Test func hasAnInputForEachColumn() throws {
        let graph = try graph(detector())
        #expect(graph.input.map(\.name) == ["a", "b", "color", "fixed"])
        let types = graph.input.map(\.type.tensorType.elemType)
        let (double, text) = (ElementType.double.number, ElementType.text.number)
        #expect(types == [double, double, text, double])
        #expect(graph.output.map(\.name) == ["label", "scores", "p_value"])
        #expect(
            graph.output.map(\.type.tensorType.elemType)
                == [ElementType.integer, .float, .double].map(\.number)
        )
    }

    @Test func everyTensorIsMadeOnceAndBeforeItIsUsed() throws {
        let graph = try graph(detector())
        var known = Set(graph.input.map(\.name) + graph.initializer.map(\.name))
        #expect(known.count == graph.input.count + graph.initializer.count)
        for node in graph.node {
            #expect(node.input.allSatisfy(known.contains), "\(node.name)")
            for name in node.output where !name.isEmpty {
                #expect(known.insert(name).inserted, "\(name)")
            }
        }
        #expect(graph.output.allSatisfy { known.contains($0.name) })
    }

    @Test func theFileTellsWherePreparationEnds() throws {
        let bytes = try ONNXModel(detector()).encoded()
        let model = try Onnx_ModelProto(serializedBytes: bytes)
        let made = Set(model.graph.node.flatMap(\.output))
        #expect(model.metadataProps.map(\.key) == ["features", "evidence"])
        #expect(model.metadataProps.allSatisfy { made.contains($0.value) })
    }

    @Test func theSameDetectorGivesTheSameBytes() throws {
        let detector = try detector()
        #expect(try ONNXModel(detector).encoded() == ONNXModel(detector).encoded())
    }

    @Test func aColumnMayHaveAnyName() throws {
        let graph = try graph(detector("/constant/0"))
        #expect(graph.input.map(\.name).contains("/constant/0"))
        #expect(!graph.initializer.map(\.name).contains("/constant/0"))
    }

    @Test(arguments: ["label", "scores", "p_value"])
    func aColumnNamedAsAnOutputIsRefused(_ name: String) throws {
        let detector = try detector(name)
        #expect(throws: ONNXError.reservedName(name)) { try ONNXModel(detector) }
    }

    @Test func aScoringThatDrawsIsRefused() throws {
        let detector = try detector {
            $0.variant = .variational(VariationalCode())
            $0.scoring = .elbo
        }
        #expect(throws: ONNXError.scoring("elbo")) { try ONNXModel(detector) }
    }

    @Test(
        arguments: [
            (ONNXError.series, "of series"), (.tiles, "without --tile"),
            (.timeColumn("when"), "\"when\" holds times"),
            (.reservedName("label"), "\"label\""), (.farNumbers("x"), "\"x\""),
            (.scoring("elbo"), "of elbo"), (.layer("a recurrent network"), "a recurrent network"),
            (.earlierModel, "fit it anew"),
        ]
    )
    func errorsAreOneLineThatNamesThePart(_ error: ONNXError, _ words: String) {
        #expect(error.description.contains(words))
        #expect(!error.description.contains("\n"))
        #expect(error.blame == .data)
    }
}
