namespace Amazon.SimpleEmailV2.Model;

public sealed class Message
{
    public Content? Subject { get; set; }

    public Body? Body { get; set; }

    /// <summary>For example <c>List-Unsubscribe</c> and <c>List-Unsubscribe-Post</c> (RFC 8058).</summary>
    public List<MessageHeader>? Headers { get; set; }
}
