namespace Amazon.SimpleEmailV2.Model;

/// <summary>Set exactly one of the two.</summary>
public sealed class EmailContent
{
    public Message? Simple { get; set; }

    public RawMessage? Raw { get; set; }
}
