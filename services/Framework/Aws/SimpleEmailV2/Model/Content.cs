namespace Amazon.SimpleEmailV2.Model;

public sealed class Content
{
    public string? Data { get; set; }

    /// <summary>Seven-bit ASCII unless said otherwise.</summary>
    public string? Charset { get; set; }
}
