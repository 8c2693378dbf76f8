namespace Amazon.SimpleEmailV2.Model;

public sealed class Content
{
    public string? Data { get; set; }

    /// <summary>Seven-bit ASCII by default.</summary>
    public string? Charset { get; set; }
}
