using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ServerlessCqrs.Aws.Wire;

/// <summary>Converts the SDK's open enums. It accepts values that this code does not know.</summary>
internal abstract class ConstantConverter<T>(Func<string, T> find) : JsonConverter<T> where T : ConstantClass
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } value ? find(value) : null;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
