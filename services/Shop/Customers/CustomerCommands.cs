using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Customers;

/// <summary>A command on a <c>customer-{subject}</c> stream, issued by that customer; <see cref="DeactivateUser"/> by an operator as well.</summary>
public interface ICustomerCommand : ICommand;

/// <summary>Registers the customer, or changes what differs of a registered one.</summary>
/// <param name="Email">Where mails go from now on.</param>
/// <param name="Name">What mails call the customer. Null leaves the stored name as it is; a customer who registers with null has none.</param>
[WireName("RegisterUser", 1)]
public sealed record RegisterUser(
    Sealed Email,
    Sealed? Name) : ICustomerCommand
{
    public IEnumerable<Violation> Check() => CustomerLimits.Check(this);
}

/// <summary>Mails go to this address from now on.</summary>
[WireName("ChangeUserEmail", 1)]
public sealed record ChangeUserEmail(Sealed Email) : ICustomerCommand
{
    public IEnumerable<Violation> Check() => CustomerLimits.Check(this);
}

/// <summary>No mail, no order, for good. A customer who ordered without ever registering can be deactivated as well; the service refuses persons of whom it knows nothing.</summary>
[WireName("DeactivateUser", 1)]
public sealed record DeactivateUser(string Reason) : ICustomerCommand
{
    public IEnumerable<Violation> Check() => CustomerLimits.Check(this);
}
