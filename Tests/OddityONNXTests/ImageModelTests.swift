import OddityDetectors
import OddityLinearAlgebra
import SwiftProtobuf
import TestSupport
import Testing

@testable import OddityONNX

/// What is written of detectors of images.
@Suite struct ImageModelTests {
    private let shape = ImageShape(height: 9, width: 8, channels: 3)

    private func detector(
        _ change: (inout ImageDetector) -> Void = { _ in }
    ) throws -> FittedImageDetector {
        var detector = ImageDetector()
        (detector.folds, detector.steps, detector.patchSteps) = (2, 1, 1)
        (detector.globalSizes, detector.pixelSizes, detector.patchSizes) = (
            [4, 2], [4, 2], [4, 2]
        )
        change(&detector)
        var random = Numbers(state: 5)
        let images = Matrix(
            rowCount: 12,
            columnCount: shape.elementCount,
            elements: (0..<12 * shape.elementCount).map { _ in Float(random.next()) }
        )
        return try detector.fitted(to: images, shape: shape)
    }

    private func model(_ detector: FittedImageDetector) throws -> Onnx_ModelProto {
        try Onnx_ModelProto(serializedBytes: ONNXModel(detector).encoded())
    }

    private var convolutional: (inout ImageDetector) -> Void {
        {
            var network = ConvolutionalNetwork()
            (network.steps, network.channels) = (1, [2, 3])
            $0.pixelNetwork = .convolutional(network)
            ($0.measures, $0.scoring) = (.pixels, .residualAndCode)
        }
    }

    @Test func takesPixelsOfTheSizeOfTheDetector() throws {
        let graph = try model(detector()).graph
        #expect(graph.input.map(\.name) == ["pixels"])
        let type = graph.input[0].type.tensorType
        #expect(type.elemType == ElementType.float.number)
        #expect(type.shape.dim.dropFirst().map(\.dimValue) == [3, 9, 8])
        #expect(graph.output.map(\.name) == ["label", "scores", "p_value"])
    }

    @Test func everyTensorIsMadeOnceAndBeforeItIsUsed() throws {
        for detector in [try detector(), try detector(convolutional)] {
            let graph = try model(detector).graph
            var known = Set(graph.input.map(\.name) + graph.initializer.map(\.name))
            for node in graph.node {
                #expect(node.input.allSatisfy(known.contains), "\(node.name)")
                for name in node.output { #expect(known.insert(name).inserted, "\(name)") }
            }
            #expect(graph.output.allSatisfy { known.contains($0.name) })
        }
    }

    @Test func convolutionsAreWritten() throws {
        let operations = try model(detector(convolutional)).graph.node.map(\.opType)
        // Two members of two layers each way.
        #expect(operations.filter { $0 == "Conv" }.count == 4)
        #expect(operations.filter { $0 == "ConvTranspose" }.count == 4)
    }

    @Test func theFileTellsWherePreparationEnds() throws {
        #expect(try model(detector()).metadataProps.map(\.key) == ["image"])
    }
}
