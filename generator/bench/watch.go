package main

func (b *bench) watch() error { return nil }
