using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Customers;

/// <summary>
/// An event of a <c>customer-{subject}</c> stream. It has no subscribers. Readers that need a customer read the stream.
/// </summary>
public interface ICustomerEvent : IEvent;

/// <summary>The customer registered with this address and name.</summary>
[WireName("UserRegistered", 1)]
public sealed record UserRegistered(
    Sealed Email,
    Sealed? Name) : ICustomerEvent;

/// <summary>The customer changed the address.</summary>
[WireName("UserEmailChanged", 1)]
public sealed record UserEmailChanged(Sealed Email) : ICustomerEvent;

/// <summary>The customer changed the name. Only events of earlier releases contain null, which means no name.</summary>
[WireName("UserNameChanged", 1)]
public sealed record UserNameChanged(Sealed? Name) : ICustomerEvent;

/// <summary>The customer gets no more mails and cannot order, permanently.</summary>
[WireName("UserDeactivated", 1)]
public sealed record UserDeactivated(string Reason) : ICustomerEvent;
