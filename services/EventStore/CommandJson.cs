using System.Text.Json;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventStore;

/// <summary>The JSON of a command record on Kinesis.</summary>
public static class CommandJson
{
    /// <summary>What a record may have: the command service takes bodies of 32 KB, and no command that passes its checks comes near this. A larger one could not be committed within an item of DynamoDB.</summary>
    public const int MaxBytes = 100 * 1024;

    /// <summary>The bytes of one Kinesis record.</summary>
    public static byte[] Write(CommandRecord record)
    {
        var name = ShopContracts.Commands.NameOf(record.Command);
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Writing))
        {
            json.WriteStartObject();
            json.WriteString("id", record.CommandId);
            if (record.KeyId is { } key) json.WriteString("key", key);
            json.WriteString("stream", record.Stream.ToString());
            json.WriteString("type", name.Name);
            json.WriteNumber("typeVersion", name.Version);
            json.WritePropertyName("data");
            json.WriteRawValue(ShopContracts.Commands.Write(record.Command), skipInputValidation: true);
            json.WriteString("actor", record.Actor.Id);
            json.WriteString("role", record.Actor.Role);
            json.WriteNumber("at", record.At.ToUnixTimeMilliseconds());
            if (record.IfMatch is { } version) json.WriteNumber("ifMatch", version);
            if (record.CorrelationId is { } correlation) json.WriteString("correlation", correlation);
            if (record.CausationId is { } cause) json.WriteString("cause", cause);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
