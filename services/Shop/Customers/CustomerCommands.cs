using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Customers;

/// <summary>
/// A command on a <c>customer-{subject}</c> stream. That customer issues it, and an operator can issue <see
/// cref="DeactivateUser"/>.
/// </summary>
public interface ICustomerCommand : ICommand;

/// <summary>Registers the customer, or changes a registered customer's address and name if they differ.</summary>
/// <param name="Email">The address for mails from now on.</param>
/// <param name="Name">The name that mails use. Null leaves the stored name unchanged, and a new customer without a
/// name.</param>
[WireName("RegisterUser", 1)]
public sealed record RegisterUser(
    Sealed Email,
    Sealed? Name) : ICustomerCommand
{
    public IEnumerable<Violation> Check() => CustomerLimits.Check(this);
}

/// <summary>Changes the address for mails.</summary>
[WireName("ChangeUserEmail", 1)]
public sealed record ChangeUserEmail(Sealed Email) : ICustomerCommand
{
    public IEnumerable<Violation> Check() => CustomerLimits.Check(this);
}

/// <summary>
/// Stops mails and orders permanently. A customer who ordered without registering can be deactivated too. The service
/// refuses unknown persons.
/// </summary>
[WireName("DeactivateUser", 1)]
public sealed record DeactivateUser(string Reason) : ICustomerCommand
{
    public IEnumerable<Violation> Check() => CustomerLimits.Check(this);
}
