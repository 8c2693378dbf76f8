using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ServerlessCqrs.Aws.Wire;

/// <summary>The SDK's open enums: a value that a newer service sends is kept, not refused.</summary>
internal abstract class ConstantConverter<T>(Func<string, T> find) : JsonConverter<T> where T : ConstantClass
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } value ? find(value) : null;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
