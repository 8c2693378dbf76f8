using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleNotificationService.Model;

public sealed class MessageAttributeValue
{
    /// <summary>String, Number, Binary or String.Array.</summary>
    public string? DataType { get; set; }

    public string? StringValue { get; set; }

    public MemoryStream? BinaryValue { get; set; }

    internal void WriteTo(QueryParameters form)
    {
        form.Put("Value.DataType", DataType);
        form.Put("Value.StringValue", StringValue);
        form.Put("Value.BinaryValue", BinaryValue is { } binary ? Convert.ToBase64String(binary.ToArray()) : null);
    }
}
