internal import OddityNeuralNetworks

extension NetworkNodes {
    /// A convolution of flat rows.
    ///
    /// - Parameters:
    ///   - name: what the names of its tensors begin with.
    ///   - shape: of the rows.
    func output(
        of convolution: Convolution,
        named name: String,
        from input: GraphValue,
        shape: Shape
    ) -> GraphValue {
        let axisCount = shape.extents.count
        let kernel = convolution.kernel.values(axisCount)
        let dilation = convolution.dilation.values(axisCount)
        let padding =
            switch convolution.padding {
            case .zeros(let zeros): zeros.values(axisCount) + zeros.values(axisCount)
            case .causal: [dilation[0] * (kernel[0] - 1), 0]
            }
        // Stored as kernel × input channels × channels.
        let axes = [axisCount + 1, axisCount] + Array(0..<axisCount)
        let inputs = [
            channelsFirst(input, shape), constant(name + "weight").transposed(axes),
        ]
        let output = graph.node(
            "Conv",
            inputs + (convolution.useBias ? [constant(name + "bias")] : []),
            [
                .integers("kernel_shape", kernel),
                .integers("strides", convolution.stride.values(axisCount)),
                .integers("pads", padding), .integers("dilations", dilation),
                .integer("group", convolution.groups),
            ]
        )
        return flat(output, axisCount)
    }

    /// A transposed convolution of flat rows.
    ///
    /// - Parameters:
    ///   - name: what the names of its tensors begin with.
    ///   - shape: of the rows.
    func output(
        of convolution: TransposedConvolution,
        named name: String,
        from input: GraphValue,
        shape: Shape
    ) -> GraphValue {
        let axisCount = shape.extents.count
        let padding = convolution.padding.values(axisCount)
        // Stored as input channels × kernel × channels.
        let axes = [0, axisCount + 1] + Array(1...axisCount)
        let inputs = [
            channelsFirst(input, shape), constant(name + "weight").transposed(axes),
        ]
        let output = graph.node(
            "ConvTranspose",
            inputs + (convolution.useBias ? [constant(name + "bias")] : []),
            [
                .integers("kernel_shape", convolution.kernel.values(axisCount)),
                .integers("strides", convolution.stride.values(axisCount)),
                .integers("pads", padding + padding),
                .integers("output_padding", convolution.outputPadding.values(axisCount)),
                .integers("dilations", convolution.dilation.values(axisCount)),
                .integer("group", convolution.groups),
            ]
        )
        return flat(output, axisCount)
    }

    /// Flat rows as rows × channels × extents.
    private func channelsFirst(_ rows: GraphValue, _ shape: Shape) -> GraphValue {
        let axisCount = shape.extents.count
        return rows.reshaped(shape.sizes).transposed([0, axisCount + 1] + Array(1...axisCount))
    }

    private func flat(_ values: GraphValue, _ axisCount: Int) -> GraphValue {
        values.transposed([0] + Array(2...axisCount + 1) + [1]).reshaped([-1])
    }
}

extension PerAxis {
    /// The number for each axis.
    fileprivate func values(_ axisCount: Int) -> [Int] {
        values.count == axisCount ? values : Array(repeating: values[0], count: axisCount)
    }
}
