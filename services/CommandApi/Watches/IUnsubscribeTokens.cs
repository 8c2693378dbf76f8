namespace ServerlessCqrs.CommandApi.Watches;

/// <summary>Reads the signed token of an unsubscribe link.</summary>
public interface IUnsubscribeTokens
{
    /// <summary>Which watch the token ends, or null where it is not one of ours.</summary>
    (Guid ProductId, string Customer)? Read(string token);
}
