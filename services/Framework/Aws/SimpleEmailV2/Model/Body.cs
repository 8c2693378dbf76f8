namespace Amazon.SimpleEmailV2.Model;

public sealed class Body
{
    public Content? Text { get; set; }

    public Content? Html { get; set; }
}
