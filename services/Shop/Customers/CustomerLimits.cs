using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Customers.CustomerRefusals;
using static ServerlessCqrs.Streams.Texts;
using static ServerlessCqrs.Streams.Violation;

namespace ServerlessCqrs.Shop.Customers;

/// <summary>
/// The limits of customer commands, independent of the customer's state. Sealed texts are checked before they are
/// sealed.
/// </summary>
public static class CustomerLimits
{
    /// <summary>In UTF-16 characters, before sealing.</summary>
    public const int MaxName = 100;

    public const int MaxReason = 500;

    /// <summary>An address of 254 characters (RFC 5321) with nonce and tag takes 376 characters in base64url.</summary>
    public const int MaxSealedEmail = 500;

    /// <summary>Returns every limit that the command breaks.</summary>
    public static IEnumerable<Violation> Check(ICustomerCommand command) => command switch
    {
        RegisterUser register => [.. Email(register.Email), .. register.Name?.Check("name", NameInvalid, Sealed.LengthOf(MaxName)) ?? []],
        ChangeUserEmail change => Email(change.Email),
        DeactivateUser deactivate => Unless(IsLine(deactivate.Reason, 1, MaxReason), "reason", ReasonInvalid, $"A reason is one line of 1 to {MaxReason} characters. {Rule}"),
        _ => throw new InvalidOperationException($"There are no limits for {command.GetType()}."),
    };

    /// <summary>Returns every limit that the name breaks. Call this before sealing the name.</summary>
    public static IEnumerable<Violation> CheckName(string name) => Unless(IsLine(name, 1, MaxName), "name", NameInvalid, $"A name is one line of 1 to {MaxName} characters. {Rule}");

    private static IEnumerable<Violation> Email(Sealed email) => email.Check("email", EmailInvalid, MaxSealedEmail);
}
