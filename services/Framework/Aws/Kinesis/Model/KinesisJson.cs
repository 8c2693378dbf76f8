using System.Text.Json.Serialization;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.Kinesis.Model;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(Base64StreamConverter),
        typeof(EpochSecondsConverter),
        typeof(EncryptionTypeConverter),
        typeof(ShardIteratorTypeConverter),
        typeof(StreamModeConverter),
        typeof(StreamStatusConverter),
    ])]
[JsonSerializable(typeof(CreateStreamRequest))]
[JsonSerializable(typeof(CreateStreamResponse))]
[JsonSerializable(typeof(DescribeStreamSummaryRequest))]
[JsonSerializable(typeof(DescribeStreamSummaryResponse))]
[JsonSerializable(typeof(GetRecordsRequest))]
[JsonSerializable(typeof(GetRecordsResponse))]
[JsonSerializable(typeof(GetShardIteratorRequest))]
[JsonSerializable(typeof(GetShardIteratorResponse))]
[JsonSerializable(typeof(ListShardsRequest))]
[JsonSerializable(typeof(ListShardsResponse))]
[JsonSerializable(typeof(PutRecordsRequest))]
[JsonSerializable(typeof(PutRecordsResponse))]
internal sealed partial class KinesisJson : JsonSerializerContext;

internal sealed class EncryptionTypeConverter() : ConstantConverter<EncryptionType>(EncryptionType.FindValue);

internal sealed class ShardIteratorTypeConverter() : ConstantConverter<ShardIteratorType>(ShardIteratorType.FindValue);

internal sealed class StreamModeConverter() : ConstantConverter<StreamMode>(StreamMode.FindValue);

internal sealed class StreamStatusConverter() : ConstantConverter<StreamStatus>(StreamStatus.FindValue);
