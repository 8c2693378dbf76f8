namespace Amazon.SimpleEmailV2.Model;

/// <summary>One of the two.</summary>
public sealed class EmailContent
{
    public Message? Simple { get; set; }

    public RawMessage? Raw { get; set; }
}
