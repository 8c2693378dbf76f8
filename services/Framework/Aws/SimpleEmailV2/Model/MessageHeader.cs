namespace Amazon.SimpleEmailV2.Model;

public sealed class MessageHeader
{
    public string? Name { get; set; }

    public string? Value { get; set; }
}
