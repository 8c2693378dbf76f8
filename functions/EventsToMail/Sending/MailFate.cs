namespace ServerlessCqrs.EventsToMail.Sending;

/// <summary>What became of one mail.</summary>
public enum MailFate
{
    Sent,

    /// <summary>By an earlier delivery of the event.</summary>
    SentBefore,

    /// <summary>Nobody knows whether it was sent; the claim stays, and it is not sent again.</summary>
    Unknown,

    /// <summary>There is nobody to send it to: the customer gave no address, or was deactivated or erased.</summary>
    NoAddress,

    /// <summary>
    /// Refused for good, now or by an earlier delivery of the event; it is recorded and not sent again.
    /// </summary>
    Undeliverable,

    /// <summary>Not sent; it comes again.</summary>
    Failed,
}
