/** An application as a module: its backend is found as a service, so it is not named here. */
module consumer {
  requires org.secrethandshake.core;
}
